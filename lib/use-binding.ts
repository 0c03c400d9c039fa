// The entry `socket-async-event-args/use-binding`; loads nothing else.

export { useBinding } from './internal/given-binding.js';
export type { GivenBinding } from './internal/given-binding.js';
export { BindingError } from './internal/binding-error.js';
export type { BindingErrorCode } from './internal/binding-error.js';
