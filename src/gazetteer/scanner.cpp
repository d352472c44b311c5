#include "gazetteer/scanner.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "gazetteer/index_image.hpp"
#include "gazetteer/name_probes.hpp"
#include "gazetteer/name_table.hpp"
#include "gazetteer/scan_words.hpp"
#include "gazetteer/stretch.hpp"
#include "gazetteer/word_memo.hpp"

namespace kharita::gazetteer {

namespace {

/// How much text is made ready at a time: its words and letters stay in the second-level cache.
constexpr std::size_t chunk_size = std::size_t{1} << 15U;

/// A name that a run of words may be.
struct Found {
    std::uint32_t name = 0;
    NameRecord record;
};

/// Where a text may be cut so that no name and no word goes across: behind the last line end of its first
/// `size` bytes, else behind a sign of punctuation and white space; 0 where neither is.
std::size_t cut_before(std::string_view text, std::size_t size) noexcept {
    std::string_view const front = text.substr(0, size);
    if (std::size_t const line_end = front.rfind('\n'); line_end != std::string_view::npos) {
        return line_end + 1;
    }
    for (std::size_t space = front.rfind(' '); space != std::string_view::npos && space > 0;
         space = front.rfind(' ', space - 1)) {
        if (std::string_view{".!?:;,()[]"}.find(front[space - 1]) != std::string_view::npos) {
            return space + 1;
        }
    }
    return 0;
}

/// A text's next chunk. Longer than others where it has no line end and no punctuation.
std::string_view next_chunk(std::string_view text) noexcept {
    for (std::size_t size = chunk_size; size < text.size(); size *= 2) {
        if (std::size_t const cut = cut_before(text, size); cut > 0) {
            return text.substr(0, cut);
        }
    }
    return text;
}

} // namespace

struct Scanner::State {
    State(IndexImage const& image, text::Simd simd)
        : names{image},
          filter{image.read_all(Section::filter)},
          words{simd},
          memo{NameProbes::batch_size, simd},
          probes{filter, image.longest_name(), simd},
          comparer{words, names.heads()} {}

    void scan_chunk(std::string_view text, std::size_t at);
    void find_names(std::span<NameProbe const> batch);
    void keep_nameless(std::size_t begin, std::span<NameProbe const> batch);
    void emit_batch(std::size_t begin, std::span<NameProbe const> batch);
    void emit_known(std::size_t begin, std::uint32_t index);
    void look_up(NameProbe const& probe, std::span<Found const> those);
    void compare(Stretch const& stretch, std::string_view letters, std::span<Found const> those);
    void emit(Stretch const& stretch, std::span<ScanName const> named_so);
    ScanHit* make_room(std::size_t count);

    NameTable names;
    HashFilter filter;
    ScanWords words;
    WordMemo memo;
    NameProbes probes;
    StretchComparer comparer;
    std::string_view chunk;
    std::size_t offset = 0;       ///< where the chunk begins
    std::size_t next_article = 0; ///< of the chunk's Latin articles
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        asked;                ///< of each probe of a batch: names by their hash
    std::vector<Found> found; ///< what they may be
    std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates; ///< of each probe, in `found`
    std::vector<ScanName> named;                                     ///< what one word is
    std::vector<ScanHit> hits;                                       ///< the first `hit_count`
    std::size_t hit_count = 0;
    std::string room;
};

Scanner::Scanner(Gazetteer const& gazetteer, text::Simd simd)
    : m_state{std::make_unique<State>(gazetteer.image(), simd)} {}
Scanner::Scanner(Scanner&&) noexcept = default;
Scanner& Scanner::operator=(Scanner&&) noexcept = default;
Scanner::~Scanner() = default;

void Scanner::scan(std::string_view text, Sink const& sink) {
    if (m_state->filter.empty()) {
        return;
    }
    for (std::size_t at = 0; at < text.size();) {
        std::string_view const chunk = next_chunk(text.substr(at));
        m_state->scan_chunk(chunk, at);
        if (m_state->hit_count > 0) {
            sink(std::span{m_state->hits}.first(m_state->hit_count));
        }
        at += chunk.size();
    }
}

void Scanner::State::scan_chunk(std::string_view text, std::size_t at) {
    chunk = text;
    offset = at;
    hit_count = 0;
    words.read(chunk);
    next_article = 0;
    for (std::size_t begin = 0; begin < words.size(); begin += NameProbes::batch_size) {
        memo.recall(words, begin, std::min(begin + NameProbes::batch_size, words.size()));
        auto const batch = probes.ask(words, begin, memo);
        keep_nameless(begin, batch);
        find_names(batch);
        emit_batch(begin, batch);
    }
    if (!words.articles().empty()) { // what begins with one begins before its word
        std::ranges::sort(std::span{hits}.first(hit_count), {}, [](ScanHit const& hit) {
            return std::tuple{hit.word, hit.last_word, hit.clitics.length, hit.clitics.lam_article, hit.name};
        });
    }
}

/// In rounds, each of which asks for the memory that the next one reads.
void Scanner::State::find_names(std::span<NameProbe const> batch) {
    for (NameProbe const& probe : batch) {
        names.prefetch_directory(probe.hash);
    }
    asked.clear();
    for (NameProbe const& probe : batch) {
        asked.push_back(names.find(probe.hash));
        names.prefetch_records(asked.back());
    }
    found.clear();
    candidates.clear();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto const first = static_cast<std::uint32_t>(found.size());
        names.records(asked[i], batch[i].hash, [&](std::uint32_t name, NameRecord const& record) {
            found.push_back({name, record});
        });
        candidates.emplace_back(first, static_cast<std::uint32_t>(found.size()) - first);
    }
}

/// Keeps those of a batch's words that are no names, as far as the filter says.
void Scanner::State::keep_nameless(std::size_t begin, std::span<NameProbe const> batch) {
    auto probe = batch.begin();
    for (std::uint32_t const word : memo.missed()) {
        while (probe != batch.end() && (probe->begin < begin + word || probe->end != probe->begin + 1)) {
            ++probe;
        }
        if ((probe == batch.end() || probe->begin != begin + word) && memo.may_keep(word)) {
            memo.keep(word, {});
        }
    }
}

/// Names of known words and of what is looked up, by the words they begin with.
void Scanner::State::emit_batch(std::size_t begin, std::span<NameProbe const> batch) {
    std::span<std::uint32_t const> const known = memo.having(WordMemo::count_mask);
    for (std::uint32_t const word : known) {
        memo.prefetch_names(memo.states()[word]);
    }
    auto next = known.begin();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        NameProbe const& probe = batch[i];
        for (; next != known.end() && begin + *next < probe.begin; ++next) {
            emit_known(begin, *next);
        }
        bool const one_word = probe.end == probe.begin + 1;
        if (!one_word || i == 0 || batch[i - 1].begin != probe.begin) {
            named.clear();
        }
        look_up(probe, std::span{found}.subspan(candidates[i].first, candidates[i].second));
        bool const is_last =
            i + 1 == batch.size() || batch[i + 1].begin != probe.begin || batch[i + 1].end != probe.end;
        if (one_word && is_last && memo.may_keep(probe.begin - begin)) {
            memo.keep(probe.begin - begin, named);
        }
    }
    for (; next != known.end(); ++next) {
        emit_known(begin, *next);
    }
}

/// Room for more hits, which begin where the last one ends.
ScanHit* Scanner::State::make_room(std::size_t count) {
    if (hits.size() < hit_count + count) {
        hits.resize(2 * (hit_count + count));
    }
    ScanHit* const first = hits.data() + hit_count;
    hit_count += count;
    return first;
}

/// A single word, whose names differ in where they begin at most.
void Scanner::State::emit_known(std::size_t begin, std::uint32_t index) {
    std::span<ScanName const> const all = memo.names(memo.states()[index]);
    auto const& folded = words.folded();
    text::WordSpan const word = words[begin + index];
    ScanHit* hit = make_room(all.size());
    std::size_t const first = folded.source(word.begin) + offset;
    std::size_t const end = span_of_word(words, word, chunk).end + offset;
    for (ScanName const& each : all) {
        static_cast<ScanName&>(*hit) = each;
        hit->span = {folded.source(word.begin + each.clitics.proclitics()) + offset, end};
        hit->word = hit->last_word = first;
        ++hit;
    }
}

/// Through all readings that leave the probe's letters.
void Scanner::State::look_up(NameProbe const& probe, std::span<Found const> those) {
    std::string_view const letters = words.letters(probe.begin, probe.end, probe.from, room);
    Stretch stretch{probe.begin, probe.end, words[probe.begin].begin, {}};
    if (std::uint32_t const skipped = probe.from - stretch.code; skipped != 0 && !those.empty()) {
        text::CliticReadings readings;
        std::size_t const count = text::clitic_readings(words.codes(words[probe.begin]), readings);
        for (std::size_t i = 0; i < count; ++i) {
            if (readings[i].length == skipped) {
                stretch.clitics = readings[i];
                compare(stretch, letters, those);
            }
        }
    } else if (skipped == 0) {
        auto const& articles = words.articles();
        while (next_article < articles.size() && articles[next_article].word < probe.begin) {
            ++next_article;
        }
        for (std::size_t i = next_article; i < articles.size() && articles[i].word == probe.begin; ++i) {
            Stretch behind = stretch;
            behind.code = articles[i].begin;
            compare(behind, letters, those);
        }
        compare(stretch, letters, those);
    }
}

/// Compares a stretch with names, and notes and emits those that it is.
void Scanner::State::compare(Stretch const& stretch, std::string_view letters, std::span<Found const> those) {
    std::size_t const first = named.size();
    for (auto const& [index, record] : those) {
        if (auto const kind = comparer.compare(stretch, letters, chunk, names.text(record))) {
            named.push_back({.name = index,
                             .place = record.place,
                             .clitics = stretch.clitics,
                             .kind = *kind,
                             .primary = (record.flags & name_flag::primary) != 0,
                             .article = (record.flags & name_flag::arabic_article) != 0});
        }
    }
    emit(stretch, std::span{named}.subspan(first));
}

void Scanner::State::emit(Stretch const& stretch, std::span<ScanName const> named_so) {
    if (named_so.empty()) {
        return;
    }
    auto const& folded = words.folded();
    Span const span = span_of(words, stretch, chunk);
    bool const one_word = stretch.end - 1 == stretch.begin && !stretch.begins_with_article(words);
    std::size_t const word = folded.source(stretch.code) + offset;
    std::size_t const last_word = one_word ? word : folded.source(words[stretch.end - 1].begin) + offset;
    ScanHit* hit = make_room(named_so.size());
    for (ScanName const& each : named_so) {
        static_cast<ScanName&>(*hit) = each;
        hit->span = {span.begin + offset, span.end + offset};
        hit->word = word;
        hit->last_word = last_word;
        ++hit;
    }
}

} // namespace kharita::gazetteer
