import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** IAM takes 6,144 characters for a managed policy; a quoted function ARN has at most 140. */
export const functionsPerPolicy = 40;

/**
 * The role by which the gateway invokes doors, and no other function. One set of policies per
 * area: `api`, `hooks`, `ops`.
 */
export class Invoker extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, areas: Map<string, IFunction[]>) {
    super(scope, id);
    const managedPolicies = [...areas].flatMap(([area, targets]) =>
      inParts(targets, functionsPerPolicy).map((part, index) => {
        const resources = part.map(({ functionArn }) => functionArn);
        return new ManagedPolicy(this, index === 0 ? area : `${area}${index + 1}`, {
          description: `Lets the gateway invoke functions of ${area}`,
          statements: [
            new PolicyStatement({ effect: Effect.ALLOW, actions: ['lambda:InvokeFunction'], resources }),
          ],
        });
      }),
    );
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies,
    });
  }
}

/** Splits a list into parts of at most `most`. */
export const inParts = <T>(list: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / most) }, (_, index) =>
    list.slice(index * most, (index + 1) * most),
  );
