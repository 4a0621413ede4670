import type { PacemailHandlers } from '#shared/contract/index'
import type { People } from '../engine/leads/people.ts'

export function createPeopleApi(people: People): PacemailHandlers['people'] {
  return {
    find: ({ address }) => people.find(address),
    export: ({ address }) => people.export(address),
    erase: (request) => people.erase(request),
  }
}
