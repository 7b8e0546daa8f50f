// What a chat of the package `ai` keeps its messages in; in a front end its framework does.
export class MemoryState {
  status = "ready";
  error = undefined;

  constructor(messages) { this.messages = messages; }

  pushMessage = (message) => { this.messages = [...this.messages, message]; };
  popMessage = () => { this.messages = this.messages.slice(0, -1); };
  replaceMessage = (index, message) => {
    this.messages = [...this.messages.slice(0, index), message, ...this.messages.slice(index + 1)];
  };
  snapshot = (value) => structuredClone(value);
}
