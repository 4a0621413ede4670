import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '#shared/contract/index'
import type { Contract } from '#shared/contract/define'
import { CLOSE_CODES, PROTOCOL_VERSION } from '#shared/contract/wire'
import { ERROR_CODES } from '#shared/errors'

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')

/** Every call as JSON Schema, one a line: what a client in another language generates its types from. */
function schemaOfContract(): string {
  const areas: Contract = contract
  const calls = Object.entries(areas).flatMap(([area, entries]) =>
    Object.entries(entries).map(([verb, { type, input, output, throws }]) => {
      const schemas = { input: schemaOf(input, 'input'), output: schemaOf(output, 'output') }
      return `    "${area}.${verb}": ${JSON.stringify({ type, throws, ...schemas })}`
    }),
  )
  const head = `{\n  "protocol": ${PROTOCOL_VERSION},\n  "errorCodes": ${JSON.stringify(ERROR_CODES)},\n`
  return `${head}  "calls": {\n${calls.join(',\n')}\n  }\n}\n`
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: withoutNoise })
  return rest
}

/** Limits that every JSON integer has anyway. */
function withoutNoise({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

test('docs/api.json is the contract as it is now', async () => {
  // After a change of the contract: vitest run --project unit test/host/api-doc.test.ts --update
  await expect(schemaOfContract()).toMatchFileSnapshot('../../docs/api.json')
})

test('docs/api.md names every area, every fact and every close code', () => {
  const events = readFileSync(new URL('../../shared/contract/events.ts', import.meta.url), 'utf8')
  const facts = [...events.matchAll(/type: '([\w.]+)'/g)].map(([, name]) => name)
  const names = [
    ...Object.keys(contract).map((area) => `\`${area}\``),
    ...facts,
    ...Object.values(CLOSE_CODES).map(String),
  ]
  expect(names.filter((name) => !page.includes(name ?? ''))).toEqual([])
  expect(facts.length).toBeGreaterThan(5)
})
