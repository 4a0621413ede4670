import { describe, expect, test } from 'vitest'
import { LEAST_SENT, variantVerdict } from '#shared/domain/variant-verdict'

const text = (sent: number, replied: number) => ({ sent, replied })

describe('which text of a step is better', () => {
  test('one text alone is compared with nothing', () => {
    expect(variantVerdict([text(1_000, 300)])).toEqual({ says: 'single' })
  })

  test('nothing is said before every text was sent often enough, however clear it looks', () => {
    expect(variantVerdict([text(500, 400), text(LEAST_SENT - 1, 0)])).toEqual({ says: 'too_few', missing: 1 })
    expect(variantVerdict([text(0, 0), text(0, 0)])).toEqual({ says: 'too_few', missing: LEAST_SENT })
  })

  test('a gap that chance explains is no difference', () => {
    expect(variantVerdict([text(30, 6), text(30, 2)])).toEqual({ says: 'no_difference' })
    expect(variantVerdict([text(200, 20), text(200, 20)])).toEqual({ says: 'no_difference' })
  })

  test('the text whose interval lies above all others is better', () => {
    expect(variantVerdict([text(200, 10), text(200, 50)])).toEqual({ says: 'better', best: 1 })
    expect(variantVerdict([text(200, 50), text(200, 10), text(200, 12)])).toEqual({ says: 'better', best: 0 })
  })

  test('two texts that are both ahead of a third are not better than each other', () => {
    expect(variantVerdict([text(200, 50), text(200, 52), text(200, 5)])).toEqual({ says: 'no_difference' })
  })
})
