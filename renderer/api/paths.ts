/**
 * The contract as paths (`leads.list`). Types only: no schema reaches the page.
 */
import type { Entry, InputOf, OutputOf } from '#shared/contract/define'
import type { PacemailContract } from '#shared/contract/index'

type Declared = PacemailContract

type PathsOf<T extends Entry['type']> = {
  [A in keyof Declared & string]: {
    [V in keyof Declared[A] & string]: Declared[A][V] extends { readonly type: T } ? `${A}.${V}` : never
  }[keyof Declared[A] & string]
}[keyof Declared & string]

export type QueryPath = PathsOf<'query'>
export type MutationPath = PathsOf<'mutation'>
export type Path = QueryPath | MutationPath

type EntryAt<P extends Path> = P extends `${infer A}.${infer V}`
  ? A extends keyof Declared
    ? V extends keyof Declared[A]
      ? Declared[A][V] extends Entry
        ? Declared[A][V]
        : never
      : never
    : never
  : never

/** What the caller passes: fields with a default may be left out. */
export type InputAt<P extends Path> = InputOf<EntryAt<P>>
export type OutputAt<P extends Path> = OutputOf<EntryAt<P>>
