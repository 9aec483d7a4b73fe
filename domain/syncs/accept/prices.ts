/** Region and date of the prices, shown wherever they are used. */
export const priceList = 'us-east-1, on demand, arm64, list prices of July 2025';

/**
 * AWS's list prices in USD per million: Standard workflows, REST API, standard queues; each send,
 * receive and delete of a message counts. Excludes the outside systems, storage and logs.
 */
export const prices = {
  request: 3.5,
  transition: 25,
  invocation: 0.2,
  gbSecond: 13.33,
  write: 0.625,
  read: 0.125,
  event: 1,
  message: 0.4,
  objectPut: 5,
  objectGet: 0.4,
};

/** Units of each price; `write` and `read` in DynamoDB's units. */
export type Used = Record<keyof typeof prices, number>;

/**
 * Assumptions: a function's memory, its own time, and the time that it waits per round of calls.
 */
export const assumptions = { gb: 0.5, functionSeconds: 0.1, callSeconds: 0.2 };

/** Price of this usage, in USD. */
export const costOf = (used: Partial<Used>): number =>
  Object.entries(used).reduce((sum, [unit, amount]) => sum + amount * prices[unit as keyof Used], 0) /
  1_000_000;
