/** What a person can mend: told in one sentence, exit 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** One sentence for whatever went wrong, AWS's own words included; never a stack. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = ''] = error.message.split('\n');
  const named = error.name === 'Failure' || error.name === 'Problem' || error.name === 'Error';
  return named ? first : `${error.name}: ${first}`;
}
