/** Where and when the prices were taken, as it is told wherever they are used. */
export const listed = 'us-east-1, on demand, arm64, list prices of July 2025';

/**
 * AWS's list prices, in USD for a million. Step Functions are Standard, the API is REST, the queues are standard; a message counts each time that it is sent,
 * received or deleted. What the outside systems charge, what is kept, and logs are not in it.
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

/** How much of each something uses; `write` and `read` in DynamoDB's units. */
export type Used = Record<keyof typeof prices, number>;

/** What nobody can count beforehand is assumed: a function's memory, and for how long it runs beside each round of calls to an outside system that it waits for. */
export const assumed = { gb: 0.5, functionSeconds: 0.1, callSeconds: 0.2 };

/** What so much of each costs, in USD. */
export const costOf = (used: Partial<Used>): number =>
  Object.entries(used).reduce((sum, [unit, amount]) => sum + amount * prices[unit as keyof Used], 0) /
  1_000_000;
