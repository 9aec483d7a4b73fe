import { Stack, Validations } from 'aws-cdk-lib';
import { ApiDefinition, EndpointType, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { apiBody } from '#infra/read/api-body.ts';
import { type Door, ofKind } from '#infra/read/doors.ts';
import type { House } from '#infra/read/house.ts';
import { routesOf, versionsOf } from '#infra/read/routes.ts';
import { addGatewayResponses, gatewayResponses } from './gateway-responses.ts';
import { Invoker } from './invoker.ts';
import type { LambdaFor } from './lambda-for.ts';

/**
 * functions/api, hooks and ops: one REST API of Lambda proxies. Doors authenticate their callers.
 */
export class Api extends Construct {
  readonly api: SpecRestApi;

  constructor(scope: Construct, id: string, { doors, settings }: House, lambdaFor: LambdaFor) {
    super(scope, id);
    const [greedy] = ofKind(doors, 'greedy');
    if (!greedy)
      throw new Error('functions/api/not-found.ts is missing: the door for unknown paths and methods');
    const routed = ofKind(doors, 'route');
    const targets = new Map(
      [greedy, ...routed].map((door): [Door, IFunction] => [door, lambdaFor(this, door)]),
    );
    const invoker = new Invoker(this, 'Invoker', byArea(targets));
    const answers = gatewayResponses({
      version: `v${versionsOf(routed.filter(({ area }) => area === 'api')).at(-1) ?? 1}`,
      origins: settings.origins,
    });
    const { stackName } = Stack.of(this);
    const body = apiBody({
      title: stackName,
      routes: routesOf(doors),
      greedy,
      uriOf: (door) => this.#uriOf(targets.get(door)!),
      credentials: invoker.role.roleArn,
      responses: Object.fromEntries(answers.map(({ type, ...answer }) => [type.responseType, answer])),
    });
    this.api = new SpecRestApi(this, 'Rest', {
      restApiName: stackName,
      apiDefinition: ApiDefinition.fromInline(body),
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'live',
        throttlingRateLimit: settings.throttleRate,
        throttlingBurstLimit: settings.throttleBurst,
      },
    });
    this.api.node.tryRemoveChild('Endpoint');
    addGatewayResponses(this.api, answers);
    const reason = 'the body says the same as the resources beside it, so neither undoes the other';
    Validations.of(this.api).acknowledge({ id: 'CloudFormation-Validate::W3660', reason });
  }

  #uriOf(target: IFunction): string {
    return Stack.of(this).formatArn({
      service: 'apigateway',
      account: 'lambda',
      resource: 'path',
      resourceName: `2015-03-31/functions/${target.functionArn}/invocations`,
    });
  }
}

const byArea = (targets: Map<Door, IFunction>): Map<string, IFunction[]> => {
  const areas = Map.groupBy(targets, ([{ name }]) => name.slice(0, name.indexOf('/')));
  return new Map([...areas].map(([area, inArea]) => [area, inArea.map(([, target]) => target)]));
};
