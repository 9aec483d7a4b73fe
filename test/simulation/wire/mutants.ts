import type { Mutant } from '#test/simulation/engine/plant.ts';
import { votes } from './vote-mutants.ts';

/** Bugs that a later hand might write into what is sent to outside systems and read from them, by the simulator that looks. */
export const mutants: Record<'framing' | 'replies' | 'placeholders' | 'votes', Mutant[]> = {
  votes,
  framing: [
    {
      story: 'a DELETE with a body goes out without its length',
      pins: [
        { in: 'framing', code: 'if (content) return', by: "if (content && method !== 'DELETE') return" },
      ],
    },
    {
      story: 'the length is told in characters',
      pins: [{ in: 'framing', code: 'String(content.length)', by: 'String(content.toString().length)' }],
    },
    {
      story: 'a GET without a body says that it has none',
      pins: [{ in: 'withContent', code: "'POST', 'PUT', 'PATCH'", by: "'GET', 'POST', 'PUT', 'PATCH'" }],
    },
    {
      story: 'every call has a connection of its own',
      pins: [{ in: 'httpOutside', code: 'keepAlive: true', by: 'keepAlive: false' }],
    },
  ],
  replies: [
    {
      story: 'only what arrives is limited, and not what it becomes',
      pins: [
        { in: 'decoded', code: 'limited(through(bytes, coding), maxBytes)', by: 'through(bytes, coding)' },
      ],
    },
    {
      story: 'codings are undone in the order in which they were applied',
      pins: [{ in: 'decoded', code: 'codings.reduceRight', by: 'codings.reduce' }],
    },
    {
      story: 'deflate has its zlib header always',
      pins: [{ in: 'hasZlibHeader', code: '(first & 0x0f) === 8', by: 'true || (first & 0x0f) === 8' }],
    },
    {
      story: 'a coding that is not known is taken for none',
      pins: [
        {
          in: 'decoded',
          code: "coding !== '' && coding !== 'identity'",
          by: 'Object.hasOwn(decoders, coding)',
        },
      ],
    },
    {
      story: 'names of codings are compared letter by letter',
      pins: [{ in: 'decoded', code: 'coding.trim().toLowerCase()', by: 'coding.trim()' }],
    },
    {
      story: 'a stream that is cut off is as long as it is',
      pins: [
        {
          in: 'decoders',
          code: 'gzip: (zlib) => zlib.createGunzip()',
          by: 'gzip: (zlib) => zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH })',
        },
      ],
    },
  ],
  placeholders: [
    {
      story: 'a value is put into a path as it is',
      pins: [
        {
          in: 'fillPath',
          code: 'const value = encoded(valueAt(values, name));',
          by: 'const value = String(valueAt(values, name));',
        },
      ],
    },
    {
      story: 'a value keeps what separates the parts of an address',
      pins: [{ in: 'encoded', code: 'encodeURIComponent(text)', by: 'encodeURI(text)' }],
    },
    {
      story: 'a query has the values of a chunk',
      pins: [{ in: 'templatesOf', code: "by === 'chunks' && phase !== 'query'", by: "by === 'chunks'" }],
    },
    {
      story: 'a placeholder that is not known is let through in a list',
      pins: [
        {
          in: 'bodiesOf',
          code: 'yield* bodiesOf(inner, where, words);',
          by: 'if (!Array.isArray(body)) yield* bodiesOf(inner, where, words);',
        },
      ],
    },
    {
      story: 'every field of a batch is there for every call',
      pins: [{ in: 'templatesOf', code: "by === 'whole' ? ofBatch : []", by: 'ofBatch' }],
    },
    {
      story: 'doubled braces stay doubled',
      pins: [{ in: 'filledText', code: 'found.slice(1)', by: 'found' }],
    },
  ],
};
