import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ofKind } from '#infra/read/doors.ts';
import type { AdapterFunction, House } from '#infra/read/house.ts';
import { lambdasOf } from './lambda-for.ts';
import { sagaTasks, syncDefinition } from './sync-definition.ts';

/** functions/adapters and functions/saga, and the state machine that runs the latter as tasks. */
export class Saga extends Construct {
  readonly adapters: AdapterFunction[];
  readonly machine: StateMachine | undefined;

  constructor(scope: Construct, id: string, house: Omit<House, 'adapters' | 'machine'>) {
    super(scope, id);
    const lambdaFor = lambdasOf({ ...house, adapters: [] });
    this.adapters = ofKind(house.doors, 'adapter').map((door) => ({ door, target: lambdaFor(this, door) }));
    const tasks = this.#tasks({ ...house, adapters: this.adapters });
    if (tasks.size > 0) this.machine = this.#machine(house, tasks);
  }

  /** The tasks by their name in the definition (`Prepare`, `Commit`): all of them, or none. */
  #tasks(house: House): Map<string, IFunction> {
    const doors = ofKind(house.doors, 'saga');
    if (doors.length === 0) return new Map();
    const tasks = new Map(sagaTasks(house.root).map((name) => [name.toLowerCase(), name]));
    const absent = [...tasks.keys()].find((each) => !doors.some(({ task }) => task === each));
    if (absent)
      throw new Error(`functions/saga/${absent}.ts is missing: the state machine has a task of that name`);
    const lambdaFor = lambdasOf(house);
    return new Map(
      doors.map((door) => {
        const name = tasks.get(door.task);
        if (!name) throw new Error(`${door.file}: the state machine has no task of that name`);
        return [name, lambdaFor(this, door)];
      }),
    );
  }

  #machine(
    { root, settings }: Pick<House, 'root' | 'settings'>,
    tasks: Map<string, IFunction>,
  ): StateMachine {
    const resources = [...tasks.values()].map(({ functionArn }) => functionArn);
    const invoking = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources });
    return new StateMachine(this, 'Sync', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(JSON.stringify(syncDefinition(root, settings))),
      definitionSubstitutions: Object.fromEntries([...tasks].map(([name, task]) => [name, task.functionArn])),
      role: new Role(this, 'Sync.role', {
        assumedBy: new ServicePrincipal('states.amazonaws.com'),
        inlinePolicies: { grants: new PolicyDocument({ statements: [invoking], minimize: true }) },
      }),
    });
  }
}
