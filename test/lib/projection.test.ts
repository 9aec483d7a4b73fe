import { describe, expect, it } from 'vitest';
import { everyItem, keepNewest, untilWritten } from '#lib/aws/projection.ts';
import { memoryTable } from '#table/memory-table.ts';

const key = { pk: 'acme#things', sk: '1' };

describe('a row made from events', () => {
  it('is the newest that came, whatever order they came in', async () => {
    const table = memoryTable();
    for (const v of [2, 3, 1, 3]) await keepNewest({ table }, 'keep', { ...key, v, said: `v${v}` });
    expect(table.peek(key)).toEqual({ ...key, v: 3, said: 'v3' });
  });
});

describe('the items of a query', () => {
  it('come in order over every page, also over one that a filter has emptied', async () => {
    const table = memoryTable();
    for (let n = 0; n < 7; n++)
      await keepNewest({ table }, 'fill', { pk: 'p', sk: `${n}`, v: 1, odd: n % 2 === 1 });
    const asked: object[] = [];
    const read = (filter?: { filter: string; values: object }) => (from: { after?: string }) => {
      asked.push(from);
      return table.queryItems({ label: 'page', pk: 'p', limit: 1, ...filter, ...from } as never);
    };
    const all = await Array.fromAsync(everyItem(read()), ({ sk }) => sk);
    expect(all).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect(asked.slice(0, 2)).toEqual([{}, { after: '0' }]);
    const odd = everyItem(read({ filter: '#odd = :yes', values: { yes: true } }));
    expect(await Array.fromAsync(odd, ({ sk }) => sk)).toEqual(['1', '3', '5']);
    expect(await Array.fromAsync(everyItem(async () => ({ items: [] })))).toEqual([]);
  });

  it('are read no further than they are asked for', async () => {
    let reads = 0;
    const pages = everyItem(async () => ({ items: [{ pk: 'p', sk: `${++reads}` }], last: `${reads}` }));
    for await (const { sk } of pages) if (sk === '2') break;
    expect(reads).toBe(2);
  });
});

describe('a write that others get in the way of', () => {
  it('is tried again until it stands, and its result is the answer', async () => {
    let tries = 0;
    expect(await untilWritten(async () => ++tries === 5 && 'written', 'always moving')).toBe('written');
  });

  it('is an outage after five of them', async () => {
    let tries = 0;
    const never = async () => {
      tries += 1;
      return false;
    };
    await expect(untilWritten(never, 'always moving')).rejects.toThrow('always moving');
    expect(tries).toBe(5);
  });

  it('is not tried again after a refusal or an outage', async () => {
    let tries = 0;
    const refused = async () => {
      tries += 1;
      throw new Error('refused');
    };
    await expect(untilWritten(refused, 'always moving')).rejects.toThrow('refused');
    expect(tries).toBe(1);
  });
});
