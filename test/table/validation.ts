/** DynamoDB's ValidationException: a mistake in the program, never a failed condition. */
export function validation(message: string): Error {
  const error = new Error(message);
  error.name = 'ValidationException';
  return error;
}
