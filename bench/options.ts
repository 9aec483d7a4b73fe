/**
 * `--markdown`, `--items N`, `--rounds N`, `--json FILE`, `--also NAME=BUNDLE`, `--only reserve`
 * or `--only sagas`.
 */
export function optionsOf(args: string[]) {
  const given = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const count = (name: string, usual: number) => {
    const value = Number(given(name) ?? usual);
    if (!Number.isInteger(value) || value < 1) throw new Error(`${name} takes a number`);
    return value;
  };
  const only = given('--only');
  if (only !== undefined && only !== 'reserve' && only !== 'sagas')
    throw new Error('--only takes reserve or sagas');
  const [name, bundle] = given('--also')?.split('=') ?? [];
  return {
    markdown: args.includes('--markdown'),
    items: count('--items', 30_000),
    rounds: count('--rounds', 5),
    json: given('--json'),
    also: name && bundle ? { [name]: bundle } : {},
    reserve: only !== 'sagas',
    sagas: only !== 'reserve',
  };
}
