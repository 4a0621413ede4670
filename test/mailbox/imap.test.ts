import { describe } from 'vitest'
import { imapJourney, type JourneyPlace } from '#test/mailbox/imap-journey'
import { imapPlace } from '#test/mailbox/imap-place'

describe('at the IMAP server of the tests', () => {
  imapJourney(async (keep) => {
    const place = await imapPlace({ smtp: { keep: (mail) => keep?.(journey, mail) } })
    const journey: JourneyPlace = {
      ...place,
      renumber: async (path) => place.imap.store.renumber(path),
    }
    return journey
  })
})
