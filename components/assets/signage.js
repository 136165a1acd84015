// Lets the screen of a hall go round, and says calls aloud: a chime, then the number in each language with a voice.
(() => {
  const TURN_MS = 8000
  const AGAIN_MS = 60000
  const script = document.currentScript
  const said = new Map()
  let next = script.dataset.next
  let sound = null

  const chime = () => {
    ;[880, 660].forEach((frequency, index) => {
      const tone = sound.createOscillator()
      const loud = sound.createGain()
      const at = sound.currentTime + index * 0.5
      tone.frequency.value = frequency
      loud.gain.setValueAtTime(0.4, at)
      loud.gain.exponentialRampToValueAtTime(0.001, at + 0.9)
      tone.connect(loud).connect(sound.destination)
      tone.start(at)
      tone.stop(at + 0.9)
    })
  }
  const voiceOf = (language) =>
    window.speechSynthesis?.getVoices().find((one) => one.lang.split(/[-_]/)[0] === language.split('-')[0])
  const say = (spoken) => {
    chime()
    for (const [language, words] of Object.entries(spoken)) {
      const voice = voiceOf(language)
      if (!voice) continue
      const utterance = new SpeechSynthesisUtterance(words)
      utterance.voice = voice
      utterance.lang = voice.lang
      utterance.rate = 0.8
      window.speechSynthesis.speak(utterance)
    }
  }
  const call = () => {
    if (!sound) return
    for (const one of document.querySelectorAll('[data-call]')) {
      const last = said.get(one.dataset.call)
      const isNew = !last || last.at !== one.dataset.at || Date.now() - last.said >= AGAIN_MS
      if (!isNew) continue
      said.set(one.dataset.call, { at: one.dataset.at, said: Date.now() })
      say(JSON.parse(one.dataset.spoken))
    }
  }
  const turn = async () => {
    try {
      const answer = await fetch(next, { cache: 'no-store' })
      if (!answer.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      next = page.querySelector('script[data-next]')?.dataset.next ?? next
      document.documentElement.lang = page.documentElement.lang
      document.querySelector('main').replaceWith(page.querySelector('main'))
      document.querySelector('header p:last-child').textContent = page.querySelector('header p:last-child').textContent
      call()
    } catch {
      // The box is away for a moment: what is on the screen stays, and the next turn asks again.
    }
  }
  const button = document.getElementById('sound')
  button.hidden = false
  button.addEventListener('click', () => {
    sound = new AudioContext()
    button.hidden = true
    call()
  })
  setInterval(turn, TURN_MS)
})()
