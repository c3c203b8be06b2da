/** What the operator asked for cannot be done; `message` is one sentence with the thing's name and the remedy. Exit code 2. */
export class ToolRefusal extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ToolRefusal';
  }
}
