import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A thing's names, and the folder of its rules below domain/. */
export type Thing = { name: string; plural: string; folder: string };

/** The files of a thing called widget, as they lie in a checkout; each ends in `.txt`. */
const templates = join(import.meta.dirname, 'thing');

/** The files of a new thing, path by path. */
export const thingFiles = (thing: Thing): Record<string, string> =>
  Object.fromEntries(
    readdirSync(templates, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.txt'))
      .sort()
      .map((path) => [
        spelled(path.replace(/\.txt$/, ''), thing),
        spelled(readFileSync(join(templates, path), 'utf8'), thing),
      ]),
  );

/** One line more in a file that lists things. It goes before `anchor`, an import before all else. */
export type Registration = { path: string; anchor: string; text: string; imports?: string };

/** The files that list a thing called widget: keys, events, outboxes, subscribers, tags, examples. */
const registrations: Registration[] = [
  {
    path: 'domain/keys.ts',
    anchor: '};\n\n/** Sorts as the number does. */',
    text: `  widget: (tenant: string, id: string): Key => ({ pk: \`\${tenant}#widget#\${id}\`, sk: 'widget' }),
  listedWidget: (tenant: string, madeAt: number, id: string): Key => ({
    pk: \`\${tenant}#widgets\`,
    sk: \`\${padded(madeAt)}#\${id}\`,
  }),
`,
  },
  {
    path: 'events/index.ts',
    anchor: '];\n\n/** The catalogue',
    text: '  widgetMade,\n',
    imports: "import { widgetMade } from './widget.made.ts';\n",
  },
  {
    path: 'wiring/relay.ts',
    anchor: '  systems: circuitOutbox,\n',
    text: '  widget: widgetOutbox,\n',
    imports: "import { widgetOutbox } from '#domain/widgets/widget-outbox.ts';\n",
  },
  {
    path: 'wiring/subscribers.ts',
    anchor: 'export const ticketSubscriber',
    text: 'export const widgetSubscriber = /* @__PURE__ */ subscriberTo(widgetData);\n',
    imports: "import { widgetData } from '#events/widget-data.ts';\n",
  },
  { path: 'openapi/tags.ts', anchor: '};\n', text: "  widgets: 'Widgets, and making one.',\n" },
  {
    path: 'test/journeys/22-the-document.test.ts',
    anchor: '    await rest();\n',
    text: `    const { widget_id: widgetId } = await call('postWidgets');
    await call('getWidgetsWidgetId', { 'path.widgetId': String(widgetId) });
`,
  },
];

/** The registrations of a new thing. */
export const thingRegistrations = (thing: Thing): Registration[] =>
  registrations.map(({ path, anchor, text, imports = '' }) => ({
    ...{ path, anchor, text: spelled(text, thing), imports: spelled(imports, thing) },
  }));

/** A text about widgets, made one about the thing. */
const spelled = (text: string, { name, plural, folder }: Thing): string =>
  text
    .replaceAll('domain/widgets/', `domain/${folder}/`)
    .replaceAll('widgets', plural)
    .replaceAll('Widgets', capital(plural))
    .replaceAll('widget', name)
    .replaceAll('Widget', capital(name));

const capital = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;
