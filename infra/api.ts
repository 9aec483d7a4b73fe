import { Stack } from 'aws-cdk-lib';
import {
  EndpointType,
  Integration,
  IntegrationType,
  type IResource,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Door, ofKind } from './doors.ts';
import { answerAsProblems } from './gateway-responses.ts';
import type { House } from './house.ts';
import type { LambdaFor } from './lambda-for.ts';
import { routesOf } from './routes.ts';

/** functions/api, hooks and ops: one REST API of Lambda proxies. Callers are authenticated inside the door. */
export class Api extends Construct {
  readonly api: RestApi;
  readonly #integrations = new Map<Door, Integration>();
  readonly #lambdaFor: LambdaFor;

  constructor(scope: Construct, id: string, { doors, settings }: House, lambdaFor: LambdaFor) {
    super(scope, id);
    this.#lambdaFor = lambdaFor;
    this.api = new RestApi(this, 'Rest', {
      restApiName: Stack.of(this).stackName,
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'live',
        throttlingRateLimit: settings.throttleRate,
        throttlingBurstLimit: settings.throttleBurst,
      },
    });
    this.api.node.tryRemoveChild('Endpoint');
    answerAsProblems(this.api);
    const [greedy] = ofKind(doors, 'greedy');
    if (!greedy)
      throw new Error('functions/api/not-found.ts is missing: the door for unknown paths and methods');
    const resources = new Set<IResource>([this.api.root, this.api.root.addResource('{proxy+}')]);
    for (const { method, path, door } of routesOf(doors)) {
      const resource = this.api.root.resourceForPath(path);
      resource.addMethod(method, this.#to(door));
      for (let each: IResource = resource; each.parentResource; each = each.parentResource)
        resources.add(each);
    }
    // A resource that exists does not fall through to {proxy+}: another method on it, a preflight too, would meet the gateway's own 403.
    for (const resource of resources) resource.addMethod('ANY', this.#to(greedy));
  }

  #to(door: Door): Integration {
    const known = this.#integrations.get(door) ?? this.#integrate(this.#lambdaFor(this, door));
    this.#integrations.set(door, known);
    return known;
  }

  /** One permission for the whole API; LambdaIntegration would add two for every method. */
  #integrate(target: IFunction): Integration {
    new CfnPermission(this, `${target.node.id}.invoke`, {
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      functionName: target.functionArn,
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.restApiId,
        resourceName: '*',
      }),
    });
    const path = `2015-03-31/functions/${target.functionArn}/invocations`;
    const uri = Stack.of(this).formatArn({
      service: 'apigateway',
      account: 'lambda',
      resource: 'path',
      resourceName: path,
    });
    return new Integration({ type: IntegrationType.AWS_PROXY, integrationHttpMethod: 'POST', uri });
  }
}
