import { createContext, use } from 'react'

/** Turns a failure into the sentence for it. `app/` provides it, because the sentences belong to the contract's codes. */
export const ErrorTextContext = createContext<(error: unknown) => string>(
  () => 'Something went wrong. Nothing was lost; please try again.',
)

export function useErrorText(): (error: unknown) => string {
  return use(ErrorTextContext)
}
