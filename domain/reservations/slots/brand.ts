import * as z from 'zod/mini';

/** Vaccine brands that a slot may offer and a caller may prefer. */
export const brands = ['Pfizer', 'Moderna', 'Novavax', 'AstraZeneca', 'Janssen', 'Sanofi'] as const;
export const brand = z.enum(brands);
