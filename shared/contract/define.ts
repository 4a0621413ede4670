/**
 * The API is declared once, as data: `query` reads, `mutation` changes. Handlers (`electron/api`) and the page's
 * client (`renderer/api`) are mapped types of the same value, so neither can drift from it.
 */
import type { z } from 'zod'
import type { ErrorCode } from '../errors.ts'

export interface Entry {
  readonly type: 'query' | 'mutation'
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** Codes a caller must be ready for. Any other failure arrives as `internal`. */
  readonly throws: readonly ErrorCode[]
}

interface Declared<I extends z.ZodType, O extends z.ZodType> {
  readonly input: I
  readonly output: O
  readonly throws?: readonly ErrorCode[]
}

/** Reads; never changes anything; allowed for a viewer. */
export function query<I extends z.ZodType, O extends z.ZodType>(entry: Declared<I, O>) {
  return { ...entry, throws: entry.throws ?? [], type: 'query' as const }
}

/** Changes something; refused with `app.viewer` where another instance owns the data folder. */
export function mutation<I extends z.ZodType, O extends z.ZodType>(entry: Declared<I, O>) {
  return { ...entry, throws: entry.throws ?? [], type: 'mutation' as const }
}

export type Area = Readonly<Record<string, Entry>>
export type Contract = Readonly<Record<string, Area>>

export type InputOf<E extends Entry> = z.input<E['input']>
export type ParsedInputOf<E extends Entry> = z.output<E['input']>
export type OutputOf<E extends Entry> = z.output<E['output']>

/** What `electron/api` must provide: one function per entry, given validated input. */
export type Handlers<C extends Contract> = {
  readonly [A in keyof C]: {
    readonly [V in keyof C[A]]: (input: ParsedInputOf<C[A][V]>) => OutputOf<C[A][V]> | Promise<OutputOf<C[A][V]>>
  }
}

/** What the page calls. */
export type Client<C extends Contract> = {
  readonly [A in keyof C]: {
    readonly [V in keyof C[A]]: (input: InputOf<C[A][V]>) => Promise<OutputOf<C[A][V]>>
  }
}
