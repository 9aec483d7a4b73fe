import type { App } from 'aws-cdk-lib';
import { planFrom } from '#infra/read/plan.ts';
import { LockstepStack } from './lockstep-stack.ts';
import { OpsStack } from './ops-stack.ts';

/** Both stacks of the checkout at `root`. The credentials at deploy decide account and region. */
export const compose = (app: App, root: string, env: NodeJS.ProcessEnv) => {
  const plan = planFrom(root, app.node, env);
  const product = new LockstepStack(app, 'Lockstep', {
    plan,
    description: 'Lockstep: keeps systems that share no database in step',
  });
  const ops = new OpsStack(app, 'LockstepOps', { product, description: 'Lockstep: alarms' });
  return { plan, product, ops };
};
