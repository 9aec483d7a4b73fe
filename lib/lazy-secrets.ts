/**
 * Secrets for a function that seldom needs one: the client of Secrets Manager is loaded with the first secret that is
 * read, so that a cold start does not pay for it.
 */
export const lazySecrets = {
  readSecret: async (name: string): Promise<string> => {
    const { deployedSecrets } = await import('./secrets.ts');
    return deployedSecrets.readSecret(name);
  },
};
