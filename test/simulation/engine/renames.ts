/** What the product's declarations and fields are called since the planted bugs were written: from → to, for all of their pins. */
export const renames: Record<string, string> = {};
