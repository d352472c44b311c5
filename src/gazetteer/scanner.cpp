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

namespace kharita::gazetteer {

namespace {

/// How much text is made ready at a time: its words and letters stay in the second-level cache.
constexpr std::size_t chunk_size = std::size_t{1} << 15U;

/// A name that a run of words may be.
struct Found {
    std::uint32_t probe = 0; ///< index
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
          probes{filter, image.longest_name()},
          comparer{words, names.heads()} {}

    void scan_chunk(std::string_view text, std::size_t at);
    void find_names(std::span<NameProbe const> asked);
    void look_up(NameProbe const& probe, std::span<Found const> candidates);
    void add_hits(Stretch const& stretch, std::string_view letters, std::span<Found const> candidates);

    NameTable names;
    HashFilter filter;
    ScanWords words;
    NameProbes probes;
    StretchComparer comparer;
    std::string_view chunk;
    std::size_t offset = 0;                                      ///< where the chunk begins
    std::size_t next_article = 0;                                ///< of the chunk's Latin articles
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges; ///< of each probe: names that it may be
    std::vector<Found> found;
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
        auto const asked = probes.ask(words, begin, std::min(begin + NameProbes::batch_size, words.size()));
        find_names(asked);
        for (std::size_t i = 0; i < found.size();) {
            std::size_t const first = i;
            while (i < found.size() && found[i].probe == found[first].probe) {
                ++i;
            }
            look_up(asked[found[first].probe], std::span{found}.subspan(first, i - first));
        }
    }
    if (!words.articles().empty()) { // what begins with one begins before its word
        std::ranges::sort(hits, {}, [](ScanHit const& hit) {
            return std::tuple{hit.word, hit.last_word, hit.clitics.length, hit.clitics.lam_article, hit.name};
        });
    }
}

/// In rounds, each of which asks for the memory that the next one reads.
void Scanner::State::find_names(std::span<NameProbe const> asked) {
    for (NameProbe const& probe : asked) {
        names.prefetch_directory(probe.hash);
    }
    ranges.clear();
    for (NameProbe const& probe : asked) {
        ranges.push_back(names.find(probe.hash));
        names.prefetch_records(ranges.back());
    }
    found.clear();
    for (std::uint32_t i = 0; i < asked.size(); ++i) {
        names.records(ranges[i], asked[i].hash, [&](std::uint32_t name, NameRecord const& record) {
            found.push_back({i, name, record});
        });
    }
}

/// Through all readings that leave the probe's letters.
void Scanner::State::look_up(NameProbe const& probe, std::span<Found const> candidates) {
    std::string_view const letters = words.letters(probe.begin, probe.end, probe.from, room);
    Stretch stretch{probe.begin, probe.end, words[probe.begin].begin, {}};
    if (std::uint32_t const skipped = probe.from - stretch.code; skipped != 0) {
        text::CliticReadings readings;
        std::size_t const count = text::clitic_readings(words.codes(words[probe.begin]), readings);
        for (std::size_t i = 0; i < count; ++i) {
            if (readings[i].length == skipped) {
                stretch.clitics = readings[i];
                add_hits(stretch, letters, candidates);
            }
        }
        return;
    }
    auto const& articles = words.articles();
    while (next_article < articles.size() && articles[next_article].word < probe.begin) {
        ++next_article;
    }
    for (std::size_t i = next_article; i < articles.size() && articles[i].word == probe.begin; ++i) {
        stretch.code = articles[i].begin;
        add_hits(stretch, letters, candidates);
    }
    stretch.code = words[probe.begin].begin;
    add_hits(stretch, letters, candidates);
}

void Scanner::State::add_hits(Stretch const& stretch, std::string_view letters,
                              std::span<Found const> candidates) {
    ScanHit hit;
    for (Found const& each : candidates) {
        auto const kind = comparer.compare(stretch, letters, chunk, names.text(each.record));
        if (!kind) {
            continue;
        }
        if (hit.span.end == 0) {
            auto const& folded = words.folded();
            Span const span = span_of(words, stretch, chunk);
            hit.span = {span.begin + offset, span.end + offset};
            hit.word = folded.source(stretch.code) + offset;
            hit.last_word = stretch.end - 1 == stretch.begin && !stretch.begins_with_article(words)
                                ? hit.word
                                : folded.source(words[stretch.end - 1].begin) + offset;
            hit.clitics = stretch.clitics;
        }
        hit.name = each.name;
        hit.place = each.record.place;
        hit.kind = *kind;
        hit.primary = (each.record.flags & name_flag::primary) != 0;
        hit.article = (each.record.flags & name_flag::arabic_article) != 0;
        hits.push_back(hit);
    }
}

} // namespace kharita::gazetteer
