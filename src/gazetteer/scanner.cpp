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
          probes{filter, image.longest_name(), simd},
          comparer{words, names.heads()} {}

    /// A run that may be a name, on its way.
    struct Asked {
        std::pair<std::uint32_t, std::uint32_t> candidates; ///< names, by their hash
        WordMemo::Names names;                              ///< what it is, of those in the memo …
        bool known = false;                                 ///< … or what it may be, of those in `found`
    };

    void scan_chunk(std::string_view text, std::size_t at);
    void find_names(std::span<NameProbe const> batch);
    WordMemo::Key key_of(NameProbe const& probe) const noexcept;
    void emit_known(NameProbe const& probe, WordMemo::Names const& known);
    void look_up(NameProbe const& probe, std::span<Found const> candidates);
    void compare(Stretch const& stretch, std::string_view letters, std::span<Found const> candidates);
    void emit(Stretch const& stretch, std::span<WordMemo::Name const> named);
    void name_hit(ScanHit& hit, WordMemo::Name const& name);

    NameTable names;
    HashFilter filter;
    ScanWords words;
    NameProbes probes;
    StretchComparer comparer;
    WordMemo memo;
    std::string_view chunk;
    std::size_t offset = 0;             ///< where the chunk begins
    std::size_t next_article = 0;       ///< of the chunk's Latin articles
    std::vector<Asked> asked;           ///< of each probe of a batch
    std::vector<std::uint32_t> unknown; ///< those that the memo does not know
    std::vector<Found> found;
    std::vector<WordMemo::Name> named; ///< what one probe is
    std::vector<ScanHit> hits;
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
        if (!m_state->hits.empty()) {
            sink(m_state->hits);
        }
        at += chunk.size();
    }
}

void Scanner::State::scan_chunk(std::string_view text, std::size_t at) {
    chunk = text;
    offset = at;
    hits.clear();
    words.read(chunk);
    next_article = 0;
    for (std::size_t begin = 0; begin < words.size(); begin += NameProbes::batch_size) {
        auto const batch = probes.ask(words, begin, std::min(begin + NameProbes::batch_size, words.size()));
        find_names(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (asked[i].known) {
                emit_known(batch[i], asked[i].names);
                continue;
            }
            look_up(batch[i], std::span{found}.subspan(asked[i].names.first, asked[i].names.count));
        }
    }
    if (!words.articles().empty()) { // what begins with one begins before its word
        std::ranges::sort(hits, {}, [](ScanHit const& hit) {
            return std::tuple{hit.word, hit.last_word, hit.clitics.length, hit.clitics.lam_article, hit.name};
        });
    }
}

/// In rounds, each of which asks for the memory that the next one reads.
void Scanner::State::find_names(std::span<NameProbe const> batch) {
    memo.begin_batch();
    asked.resize(batch.size());
    for (NameProbe const& probe : batch) {
        memo.prefetch(probe.hash);
    }
    unknown.resize(batch.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        asked[i].known = memo.find(batch[i].hash, key_of(batch[i]), asked[i].names);
        memo.prefetch(asked[i].names);
        unknown[count] = static_cast<std::uint32_t>(i);
        count += asked[i].known ? 0U : 1U;
    }
    unknown.resize(count);
    for (std::uint32_t const i : unknown) {
        names.prefetch_directory(batch[i].hash);
    }
    for (std::uint32_t const i : unknown) {
        asked[i].candidates = names.find(batch[i].hash);
        names.prefetch_records(asked[i].candidates);
    }
    found.clear();
    for (std::uint32_t const i : unknown) {
        auto const first = static_cast<std::uint32_t>(found.size());
        names.records(asked[i].candidates, batch[i].hash, [&](std::uint32_t name, NameRecord const& record) {
            found.push_back({name, record});
        });
        asked[i].names = {first, static_cast<std::uint32_t>(found.size()) - first};
    }
}

/// A key that is never known where the memo would not do: for runs of words, long words, Latin articles.
WordMemo::Key Scanner::State::key_of(NameProbe const& probe) const noexcept {
    text::WordSpan const word = words[probe.begin];
    std::uint32_t const size = word.end - word.begin;
    if (probe.end != probe.begin + 1 || size > LetterBlock::size || !words.articles().empty()) {
        return {{}, 1, 0};
    }
    return {LetterBlock::read(words.folded().written().data() + word.begin, size), size,
            probe.from - word.begin};
}

/// Single words, whose names differ in where they begin at most.
void Scanner::State::emit_known(NameProbe const& probe, WordMemo::Names const& known) {
    std::span<WordMemo::Name const> const all = memo.names(known);
    if (all.empty()) {
        return;
    }
    auto const& folded = words.folded();
    std::uint32_t const begin = words[probe.begin].begin;
    ScanHit hit;
    hit.span.end = span_of(words, {probe.begin, probe.end, begin, {}}, chunk).end + offset;
    hit.word = hit.last_word = folded.source(begin) + offset;
    for (WordMemo::Name const& each : all) {
        hit.span.begin = folded.source(begin + each.clitics.proclitics()) + offset;
        hit.clitics = each.clitics;
        name_hit(hit, each);
    }
}

/// Through all readings that leave the probe's letters.
void Scanner::State::look_up(NameProbe const& probe, std::span<Found const> candidates) {
    std::string_view const letters = words.letters(probe.begin, probe.end, probe.from, room);
    Stretch stretch{probe.begin, probe.end, words[probe.begin].begin, {}};
    named.clear();
    if (std::uint32_t const skipped = probe.from - stretch.code; skipped != 0 && !candidates.empty()) {
        text::CliticReadings readings;
        std::size_t const count = text::clitic_readings(words.codes(words[probe.begin]), readings);
        for (std::size_t i = 0; i < count; ++i) {
            if (readings[i].length == skipped) {
                stretch.clitics = readings[i];
                compare(stretch, letters, candidates);
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
            compare(behind, letters, candidates);
        }
        compare(stretch, letters, candidates);
    }
    if (WordMemo::Key const key = key_of(probe); key.size > 1 && !key.written.has_zero(key.size)) {
        memo.keep(probe.hash, key, named);
    }
}

/// Compares a stretch with names, and notes and emits those that it is.
void Scanner::State::compare(Stretch const& stretch, std::string_view letters,
                             std::span<Found const> candidates) {
    std::size_t const first = named.size();
    for (auto const& [index, record] : candidates) {
        if (auto const kind = comparer.compare(stretch, letters, chunk, names.text(record))) {
            named.push_back({index, record.place, stretch.clitics, *kind, record.flags});
        }
    }
    emit(stretch, std::span{named}.subspan(first));
}

void Scanner::State::emit(Stretch const& stretch, std::span<WordMemo::Name const> named_so) {
    if (named_so.empty()) {
        return;
    }
    auto const& folded = words.folded();
    Span const span = span_of(words, stretch, chunk);
    bool const one_word = stretch.end - 1 == stretch.begin && !stretch.begins_with_article(words);
    ScanHit hit;
    hit.span = {span.begin + offset, span.end + offset};
    hit.word = folded.source(stretch.code) + offset;
    hit.last_word = one_word ? hit.word : folded.source(words[stretch.end - 1].begin) + offset;
    hit.clitics = stretch.clitics;
    for (WordMemo::Name const& each : named_so) {
        name_hit(hit, each);
    }
}

/// Adds what a hit is to where it is.
void Scanner::State::name_hit(ScanHit& hit, WordMemo::Name const& name) {
    hit.name = name.name;
    hit.place = name.place;
    hit.kind = name.kind;
    hit.primary = (name.flags & name_flag::primary) != 0;
    hit.article = (name.flags & name_flag::arabic_article) != 0;
    hits.push_back(hit);
}

} // namespace kharita::gazetteer
