/** A second process for tests of the lock: takes the lock of the file it is given, says so, and holds it until its input ends. */
import { takeLock } from '#db/lock'

const [, , file = ''] = process.argv
const lock = takeLock(file)
process.stdout.write(lock ? 'held\n' : 'refused\n')
if (lock) {
  process.stdin.on('end', () => lock.release())
  process.stdin.resume()
}
