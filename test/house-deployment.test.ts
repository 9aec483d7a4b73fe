import { describe, expect, it } from 'vitest';
import { doorsIn } from '#infra/read/doors.ts';
import { functionsIn, greedyFile, routesIn } from '#infra/report/template.ts';
import { checkout, synth } from './infra/synth.ts';

describe('the doors', () => {
  const doors = doorsIn(checkout);
  const { product } = synth();

  it('are all deployed: one file, one function', () => {
    expect(
      functionsIn(product)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(doors.map(({ file }) => file).sort());
  });

  it('answer at the route of their name, and no other route is deployed', () => {
    const named = doors.flatMap((door) =>
      door.kind === 'route' ? [`${door.method} ${door.path} ${door.file}`] : [],
    );
    const deployed = routesIn(product)
      .filter(({ file }) => file !== greedyFile)
      .map(({ method, path, file }) => `${method} ${path} ${file}`);
    expect(deployed).toEqual(expect.arrayContaining(named));
    const files = new Set(named.map((route) => route.split(' ')[2]));
    expect(deployed.filter((route) => !files.has(route.split(' ')[2]))).toEqual([]);
  });
});
