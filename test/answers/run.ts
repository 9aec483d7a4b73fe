import { difference, shown } from './diff.ts';
import { merged, rawFile, readSet, setFrom, writeSet } from './set.ts';

/**
 * `make SET` writes SET again from its raw answers; `merge SET RUN...` merges runs of the same
 * code; `diff BEFORE NOW` exits 1 when more than wording differs.
 */
const [verb, ...files] = process.argv.slice(2);
const [first, ...rest] = files;
if (verb === 'make' && first) writeSet(first, setFrom(rawFile(first)));
else if (verb === 'merge' && first && rest.length > 0) writeSet(first, merged(rest.map(readSet)));
else if (verb === 'diff' && first && rest[0]) {
  const found = difference(readSet(first), readSet(rest[0]));
  process.stdout.write(`${shown(found)}\n`);
  process.exitCode = found.broken.length > 0 ? 1 : 0;
} else {
  process.stderr.write('Usage: npm run answers -- make SET | merge SET RUN... | diff BEFORE NOW\n');
  process.exitCode = 2;
}
