import type { PipelineReader } from '#shared/contract/pipeline'
import type { FoundContact, LeadSource, SourceFile } from './lead-source.ts'
import { linkedinSource } from './linkedin-source.ts'
import { peopleSource } from './people-source.ts'
import { vcardSource } from './vcard-source.ts'

/** All there are, the particular before the general. A further one is a file of its own and a line here. */
const SOURCES: readonly LeadSource[] = [linkedinSource, vcardSource, peopleSource]

/** The source that takes this file. */
export function sourceOf(file: SourceFile): LeadSource {
  return SOURCES.find((source) => source.recognises(file)) ?? peopleSource
}

export function readContacts(reader: PipelineReader, file: SourceFile): readonly FoundContact[] {
  const source = SOURCES.find(({ kind }) => kind === reader) ?? sourceOf(file)
  return source.read(file)
}
