// The addon that the program itself chose, before anything of ours looked for one.

import { BindingError } from './binding-error.js';

/** The path of an addon's file, or what loading the file gave. */
export type GivenBinding = string | object;

let given: GivenBinding | undefined;
let isTaken = false;

/** Called once, when the addon is loaded. */
export function takeGivenBinding(): GivenBinding | undefined {
  isTaken = true;
  return given;
}

/** A file that would do; where another addon is in use already, that one does as well. */
export function offerBinding(binding: GivenBinding): void {
  if (!isTaken) given = binding;
}

/**
 * Chooses the addon: the path of its file, or what `require` or `process.dlopen` made of it. For
 * programs whose files do not lie where Node looks for them: single executables, bundles. To be
 * called before `socket-async-event-args` is loaded.
 *
 * @throws {BindingError} ERR_SAEA_BINDING_IN_USE: it is loaded already, with another addon.
 */
export function useBinding(binding: GivenBinding): void {
  if (isTaken && binding !== given) {
    throw new BindingError(
      'ERR_SAEA_BINDING_IN_USE',
      'useBinding was called after socket-async-event-args had been loaded. Call it before: with ' +
        'import, in a module of its own that is imported first.',
    );
  }
  given = binding;
}
