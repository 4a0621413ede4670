/** A person as a file has them, cleaned to what a lead may hold. */
export interface FoundContact {
  /** As typed; empty where the file has none. */
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly title: string
  readonly website: string
  readonly phone: string
  readonly country: string
  readonly note: string
  /** Why nothing of it could be read. */
  readonly problem?: string
}

export interface SourceFile {
  readonly name: string
  readonly text: string
}

/**
 * Where contacts come from. A source reads what the rep hands it and nothing else: it reaches no network, and reading the
 * same file again yields the same contacts in the same order, because a search that was killed goes on by counting.
 */
export interface LeadSource {
  readonly kind: 'linkedin' | 'vcards' | 'people'
  /** Is this a file of its kind? The first source that says so gets it. */
  recognises(file: SourceFile): boolean
  /** Throws `pipeline.unreadable` where it is not one after all. */
  read(file: SourceFile): readonly FoundContact[]
}
