/**
 * The conditions that `Socket.poll` can ask for.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.selectmode
 */
export const SelectMode = {
  /** A receive or an accept would finish without waiting. */
  SelectRead: 0,
  /** A send would finish without waiting, or a connect has finished. */
  SelectWrite: 1,
  /** An error or out-of-band data is waiting. */
  SelectError: 2,
} as const;

/** One of the values of {@link SelectMode}. */
export type SelectMode = (typeof SelectMode)[keyof typeof SelectMode];
