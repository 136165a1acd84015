/* The board of cars: rows come as data and are shown as text; the filters work in the browser. */
const [ID, KEY, PLATE, STATE, TYPE, PLACE, UNTIL, ABOUT, DATES] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const ALL = 'all';

export default {
  template: `
    <section class="board" :data-state="state" :data-type="type" :data-empty="String(!cars.length)" :aria-label="words.list">
      <ul class="board-grid" tabindex="0">
        <li v-for="car in cars" :key="car[${ID}]" v-memo="[car, words]" class="car" :data-state="car[${STATE}]"
            :data-type="car[${TYPE}]" :style="{ order: car[${PLACE}] }">
          <span class="car-key"><span class="car-key-word">{{ words.key }}</span>{{ car[${KEY}] }}</span>
          <span class="car-plate">{{ car[${PLATE}] }}</span>
          <span class="car-state" :class="'symbol-car-' + car[${STATE}]"
            >{{ stateWords[car[${STATE}]] }}<span class="car-until">{{ car[${UNTIL}] }}</span></span>
          <span class="car-about">{{ car[${ABOUT}] }}<span v-if="car[${DATES}]" class="car-dates">{{ words.dates }}</span></span>
        </li>
      </ul>
      <p class="board-empty">{{ words.empty }}</p>
      <div class="board-filters" role="group" :aria-label="words.byState">
        <button v-for="[name, word] in words.states" :key="name" type="button" :class="'press press-quiet filter filter-' + name"
          :aria-pressed="String(state === name)" @click="state = name">{{ word + '\\n' + (counts[name] || 0) }}</button>
      </div>
      <div class="board-filters" role="group" :aria-label="words.byType">
        <button v-for="[name, word] in types" :key="name" type="button" :class="'press press-quiet filter filter-' + name"
          :aria-pressed="String(type === name)" @click="type = name">{{ word }}</button>
      </div>
    </section>
  `,
  props: { rows: Array, words: Object },
  data() {
    return { cars: fixed(this.rows), state: ALL, type: ALL };
  },
  computed: {
    stateWords() {
      return Object.fromEntries(this.words.states);
    },
    counts() {
      const counted = { [ALL]: this.cars.length };
      this.cars.forEach((car) => (counted[car[STATE]] = (counted[car[STATE]] || 0) + 1));
      return counted;
    },
    types() {
      const known = new Set(this.cars.map((car) => car[TYPE]));
      return this.words.types.filter(([name]) => name === ALL || known.has(name));
    },
  },
  watch: {
    rows() {
      this.cars = fixed(this.rows);
    },
    types() {
      if (!this.types.some(([name]) => name === this.type)) this.type = ALL;
    },
  },
  methods: {
    change(rows) {
      const changed = new Map(fixed(rows).map((car) => [car[ID], car]));
      this.cars = Object.freeze(this.cars.map((car) => changed.get(car[ID]) || car));
    },
  },
};

function fixed(rows) {
  return Object.freeze(rows.map(Object.freeze));
}
