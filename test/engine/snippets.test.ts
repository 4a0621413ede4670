import { expect, test } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'

test('a snippet is kept, changed and removed, and says what is wrong with it', async () => {
  await using app = await startTestEngine()
  const { api } = app
  const made = await api.snippets.save({ snippetId: null, name: 'Sign-off', text: 'Best, {{senderName}}' })
  expect(made).toMatchObject({ name: 'Sign-off', problems: [] })
  await api.snippets.save({ snippetId: null, name: 'Address', text: 'In {{nowhere}}' })
  expect((await api.snippets.list({})).map(({ name, problems }) => [name, problems.length])).toEqual([
    ['Address', 1],
    ['Sign-off', 0],
  ])
  await api.snippets.save({ snippetId: made.id, name: 'sign-off', text: 'Bye' })
  expect((await api.snippets.list({}))[1]).toMatchObject({ id: made.id, name: 'sign-off', text: 'Bye' })
  expect(app.pushed).toContainEqual({ type: 'templates.changed' })

  await api.snippets.remove({ snippetId: made.id })
  expect(await api.snippets.list({})).toHaveLength(1)
  await expect(api.snippets.remove({ snippetId: made.id })).rejects.toMatchObject({ code: 'snippet.not_found' })
  const change = { snippetId: made.id, name: 'x', text: 'y' }
  await expect(api.snippets.save(change)).rejects.toMatchObject({ code: 'snippet.not_found' })
})

test('two snippets do not share a name, in any case', async () => {
  await using app = await startTestEngine()
  await app.api.snippets.save({ snippetId: null, name: 'Sign-off', text: 'a' })
  await expect(app.api.snippets.save({ snippetId: null, name: 'SIGN-OFF', text: 'b' })).rejects.toMatchObject({
    code: 'snippet.name_taken',
  })
})
