import { functionsIn, referred, resourcesOf, statementsOf, type Template } from '#infra/report/template.ts';
import { sagaDoors, synth, treeWith } from './synth.ts';

export const relay = 'functions/streams/relay.ts';
export const tree = (files: Record<string, string> = {}) =>
  synth({ root: treeWith({ ...sagaDoors, ...files }) }).product;

export const doorIn = (product: Template, file: string) => {
  const { id, grants, seconds } = functionsIn(product).find((each) => each.file === file)!;
  const { Environment = { Variables: {} }, Role } = product.Resources[id]!.Properties;
  return {
    grants,
    seconds,
    variables: Environment.Variables,
    statements: statementsOf(product, referred(Role)),
  };
};
/** The actions of this service that roles of the template may do, each with its resource. */
export const allowed = (product: Template, service: string) =>
  resourcesOf(product, 'AWS::IAM::Role')
    .flatMap(([role]) => statementsOf(product, role))
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action: string) =>
          [Resource].flat().map((resource) => ({ action, resource: JSON.stringify(resource) })),
        ),
    )
    .filter(({ action }) => action.startsWith(service));
