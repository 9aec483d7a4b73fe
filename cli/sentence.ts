const own = ['Problem', 'Error'];

/** One sentence for whatever went wrong, AWS's own words included; never a stack. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = ''] = error.message.split('\n');
  return own.includes(error.name) ? first : `${error.name}: ${first}`;
}
