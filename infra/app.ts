import { dirname } from 'node:path';
import { App } from 'aws-cdk-lib';
import { compose } from './stacks/compose.ts';

compose(new App(), dirname(import.meta.dirname), process.env);
