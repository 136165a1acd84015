// Reads the page aloud where the browser has a voice for its language; without one there is no button.
(() => {
  const script = document.currentScript
  const speech = window.speechSynthesis
  if (!speech) return
  const language = document.documentElement.lang
  const primary = language.split('-')[0]
  let button = null

  const voice = () => {
    const voices = speech.getVoices()
    return voices.find((one) => one.lang === language) || voices.find((one) => one.lang.split(/[-_]/)[0] === primary)
  }
  const words = () => document.querySelector('main').innerText.split('\n').filter((line) => line.trim())
  const stop = () => {
    speech.cancel()
    button.textContent = script.dataset.read
    button.setAttribute('aria-pressed', 'false')
  }
  const read = () => {
    const lines = words()
    lines.forEach((line, index) => {
      const spoken = new SpeechSynthesisUtterance(line)
      spoken.voice = voice()
      spoken.lang = spoken.voice.lang
      if (index === lines.length - 1) spoken.onend = stop
      speech.speak(spoken)
    })
    button.textContent = script.dataset.stop
    button.setAttribute('aria-pressed', 'true')
  }
  const offer = () => {
    if (button || !voice()) return
    button = document.createElement('button')
    button.type = 'button'
    button.className = 'quiet no-print'
    button.textContent = script.dataset.read
    button.setAttribute('aria-pressed', 'false')
    button.addEventListener('click', () => (speech.speaking ? stop() : read()))
    document.querySelector('main').before(button)
  }
  offer()
  speech.addEventListener('voiceschanged', offer)
})()
