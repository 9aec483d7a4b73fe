import { type Document, type Example, type Listed, type Response, resolve, type Schema } from './document.ts';
import { block, code, element, phrase, prose, table } from './element.ts';
import { linesOf, typeOf } from './schema-lines.ts';
import { tryView } from './try-view.ts';

const pretty = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/** One operation, folded until it is opened. Its contents are made then. */
export function operationView(document: Document, server: string, operation: Listed): HTMLElement {
  const { operationId, method, path, summary } = operation;
  const inside = element('div');
  const view = element(
    'details',
    { id: operationId },
    element('summary', {}, element('span', { class: 'method' }, method), code(path), ` ${summary}`),
    inside,
  );
  const fill = () => inside.childElementCount || inside.append(...contents(document, server, operation));
  view.addEventListener('toggle', () => view.open && fill());
  return view;
}

const contents = (document: Document, server: string, operation: Listed): HTMLElement[] => [
  prose(operation.description),
  ...parametersView(document, operation),
  ...bodyView(document, operation),
  element('h3', {}, 'Answers'),
  ...Object.entries(operation.responses).map(([status, response]) =>
    responseView(document, status, resolve(document, response)),
  ),
  element('h3', {}, 'Call it'),
  tryView(server, operation),
];

function parametersView(document: Document, { parameters = [] }: Listed): HTMLElement[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map(({ name, in: place, required, schema, description = '' }) => [
    code(name),
    place,
    required ? 'yes' : 'no',
    typeOf(document, schema),
    prose(description || schema.description || ''),
  ]);
  return [
    element('h3', {}, 'Parameters'),
    table('Parameters', ['Name', 'In', 'Required', 'Type', 'Meaning'], rows),
  ];
}

function bodyView(document: Document, { requestBody }: Listed): HTMLElement[] {
  const schema = requestBody?.content['application/json']?.schema;
  if (!requestBody || !schema) return [];
  return [
    element('h3', {}, requestBody.required ? 'Body' : 'Body, may be left out'),
    fieldsView(document, schema, 'Fields of the body'),
  ];
}

const fieldsView = (document: Document, schema: Schema, caption: string): HTMLElement =>
  table(
    caption,
    ['Field', 'Required', 'Type', 'Meaning'],
    linesOf(document, schema).map(({ name, required, type, description }) => [
      code(name),
      required ? 'yes' : 'no',
      type,
      prose(description),
    ]),
  );

function responseView(document: Document, status: string, { description = '', content = {} }: Response) {
  const parts = Object.entries(content).flatMap(([type, { schema, example, examples = {} }]) => {
    const shown: Record<string, Example> = {
      ...(example !== undefined && { '': { value: example } }),
      ...examples,
    };
    return [
      element('p', {}, 'Media type ', code(type)),
      ...(type === 'application/json' ? [fieldsView(document, schema, `Fields of answer ${status}`)] : []),
      ...Object.entries(shown).map(([name, each]) =>
        block(pretty(resolve(document, each).value), `Example of answer ${status} ${name}`),
      ),
    ];
  });
  const title = element('summary', {}, element('span', { class: 'method' }, status), ...phrase(description));
  return element('details', {}, title, element('div', {}, ...parts));
}
