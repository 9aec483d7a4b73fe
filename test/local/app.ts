import { join } from 'node:path';
import { App, CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * The smallest stack that an engine can run: one function behind a REST API. `LOCKSTEP_BROKEN`
 * fails its synth or its deploy.
 */
const {
  LOCKSTEP_BROKEN: broken,
  LOCKSTEP_LEASE_SECONDS: LEASE_SECONDS = '',
  ENDPOINT_ELIGIBILITY = '',
} = process.env;
if (broken === 'synth') throw new Error('no endpoint; set ENDPOINT_NOWHERE');
const stack = new Stack(new App(), 'Lockstep');
if (broken === 'deploy') new CfnOutput(stack, 'Broken', { value: Fn.importValue('nowhere') });
const handler = new NodejsFunction(stack, 'Echo', {
  entry: join(import.meta.dirname, 'echo.ts'),
  runtime: Runtime.NODEJS_24_X,
  timeout: Duration.seconds(15),
  environment: { LEASE_SECONDS, ENDPOINT_ELIGIBILITY },
  bundling: { format: OutputFormat.ESM, target: 'node24' },
});
const api = new LambdaRestApi(stack, 'Api', { handler, cloudWatchRole: false });
new CfnOutput(stack, 'ApiId', { value: api.restApiId });
new CfnOutput(stack, 'Stage', { value: api.deploymentStage.stageName });
