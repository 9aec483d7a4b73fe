/** A value of a manifest that is wrong, by its path there. */
export type Wrong = (path: (string | number)[], message: string) => void;

type Sent = { path?: unknown; body?: unknown };
type Call = Sent & { batch?: unknown };
type Claims = { adapter?: unknown; calls?: unknown; batch?: unknown; file?: unknown };
/** One text with placeholders: where it is, and which of them have a value there. */
export type Template = {
  at: (string | number)[];
  text: string;
  words: readonly string[];
  in: 'path' | 'body' | 'name' | 'layout';
};

const ofCall = ['token', 'key', 'type', 'payload', 'not_after'];
const ofBatch = ['batch.count', 'batch.amount_minor'];
const ofChunk = ['items', 'chunk.index', 'chunk.count', 'chunk.amount_minor'];
const ofFile = ['token', 'kind', 'sequence', 'created', 'type', 'payload', 'count', 'amount_minor'];
/** These have fields, and no path, text or column can hold them whole. */
const documents = ['payload', 'items', 'item'];

/** What follows `{` and ends with `}`. */
const name = /^[\w.-]+$/;
export const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * Every text of a manifest that placeholders are filled into, with what its phase has. Takes
 * anything, also a manifest that is wrong elsewhere.
 */
export function* templatesOf(manifest: unknown): Generator<Template> {
  const { adapter, calls, batch, file } = (isObject(manifest) ? manifest : {}) as Claims;
  const by = isObject(batch) ? batch.by : undefined;
  for (const [phase, given] of Object.entries(isObject(calls) ? calls : {})) {
    if (!isObject(given)) continue;
    const call: Call = given;
    const whole = by === 'whole' ? ofBatch : [];
    const words = adapter === undefined ? ['key'] : [...ofCall, ...whole];
    yield* textsOf(call, ['calls', phase], words);
    const inChunks = by === 'chunks' && phase !== 'query' ? ofChunk : [];
    if (isObject(call.batch))
      yield* textsOf(call.batch, ['calls', phase, 'batch'], [...ofCall, ...ofBatch, ...inChunks]);
  }
  const layout = isObject(file) && isObject(file.layout) ? file.layout : {};
  for (const kind of ['header', 'record', 'trailer'])
    for (const [at, field] of Object.entries(layout[kind] ?? []))
      if (isObject(field) && typeof field.from === 'string')
        yield {
          at: ['file', 'layout', kind, Number(at), 'from'],
          text: field.from,
          words: kind === 'record' ? [...ofFile, 'item'] : ofFile,
          in: 'layout',
        };
}

function* textsOf({ path, body }: Sent, at: (string | number)[], words: string[]): Generator<Template> {
  if (typeof path === 'string') yield { at: [...at, 'path'], text: path, words, in: 'path' };
  yield* bodiesOf(body, [...at, 'body'], words);
}

function* bodiesOf(body: unknown, at: (string | number)[], words: string[]): Generator<Template> {
  if (typeof body === 'string') yield { at, text: body, words, in: 'body' };
  if (body === null || typeof body !== 'object') return;
  for (const [key, inner] of Object.entries(body)) {
    const where = [...at, Array.isArray(body) ? Number(key) : key];
    yield { at: where, text: key, words: [], in: 'name' };
    yield* bodiesOf(inner, where, words);
  }
}

/** The placeholders of a text, each with whether it is the whole of it. */
export function placeholdersIn({ text, in: place }: Template): { word: string; isWhole: boolean }[] {
  return bracesIn(text, place).flatMap((found) =>
    name.test(found.slice(1, -1)) ? [{ word: found.slice(1, -1), isWhole: found === text }] : [],
  );
}

/** Each `{…}`, and each brace that belongs to no other. `{{` and `}}` are braces in a body. */
const bracesIn = (text: string, place: Template['in']): string[] =>
  (place === 'body' ? text.replaceAll(/\{\{|\}\}/g, '') : text).match(/\{[^{}]*\}|[{}]/g) ?? [];

/** Checks that every placeholder has a value in its phase. */
export function placeholders(manifest: unknown, { wrong }: { wrong: Wrong }): void {
  for (const template of templatesOf(manifest)) {
    for (const found of template.in === 'name' ? [] : bracesIn(template.text, template.in))
      if (!name.test(found.slice(1, -1)))
        wrong(
          template.at,
          template.in === 'body'
            ? `'${found}' is no placeholder; a brace is written as {{ or }}`
            : `'${found}' is no placeholder`,
        );
    for (const { word, isWhole } of placeholdersIn(template)) {
      const message = faultOf(word, isWhole, template);
      if (message) wrong(template.at, message);
    }
  }
}

function faultOf(word: string, isWhole: boolean, { words, in: place }: Template): string | undefined {
  const [first = ''] = word.split('.');
  if (place === 'name') return `A name is sent as it is: nothing fills {${word}} there`;
  const isField = word !== first && documents.includes(first) && first !== 'items';
  if (place === 'path' && word === 'key' && words.includes('token')) return 'The token in a path is {token}';
  if (!words.includes(isField ? first : word)) {
    const there = words.filter((one) => place !== 'path' || one !== 'key' || words.length === 1).map(shown);
    return `{${word}} has no value here; there ${there.length > 1 ? 'are' : 'is'} ${there.join(', ')}`;
  }
  if (documents.includes(word) && (place !== 'body' || !isWhole))
    return `{${word}} is no text; name one of its fields`;
  return undefined;
}

const shown = (word: string) => (word === 'payload' || word === 'item' ? `{${word}.…}` : `{${word}}`);
