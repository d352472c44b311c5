#include "gazetteer/scanner.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "gazetteer/index_image.hpp"
#include "gazetteer/letter_hash.hpp"
#include "gazetteer/name_table.hpp"
#include "gazetteer/scan_words.hpp"
#include "gazetteer/stretch.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

/// How much text is made ready at a time: its words and letters stay in the second-level cache.
constexpr std::size_t chunk_size = std::size_t{1} << 15U;
/// How many words are looked for at a time: what is fetched for them stays in the first-level cache.
constexpr std::size_t batch_size = 96;
/// Of beginnings this long a text's divisions are no longer told apart (WordBoundaries).
constexpr std::size_t longest_division = 64;

/// A run of words to look for.
struct Probe {
    std::uint64_t hash = 0;
    Stretch stretch;
};

/// One that the filter let through, and the names that it may be.
struct Passed {
    Probe probe;
    std::pair<std::uint32_t, std::uint32_t> names;
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

void prefetch(char const* address) noexcept {
    __builtin_prefetch(address);
}

// Outside the function, whose noexcept clang-tidy would doubt: code() may throw, though only while compiling.
constexpr char alef = text::code(U'ا');
constexpr char lam = text::code(U'ل');
constexpr std::array<char, 6> proclitics{text::code(U'و'), text::code(U'ف'), text::code(U'ب'),
                                         text::code(U'ك'), text::code(U'ل'), text::code(U'س')};

/// Whether a word may be read otherwise than as it stands.
bool may_have_clitics(std::string_view codes) noexcept {
    return codes.size() > 2 && ((codes[0] == alef && codes[1] == lam) ||
                                std::ranges::find(proclitics, codes[0]) != proclitics.end());
}

} // namespace

struct Scanner::State {
    State(IndexImage const& opened, text::Simd simd)
        : image{opened},
          names{opened},
          filter{opened.read_all(Section::filter)},
          heads{names.heads()},
          longest{opened.longest_name()},
          words{simd} {}

    void scan_chunk(std::string_view chunk, std::size_t offset);
    void add_starts(std::size_t begin, std::size_t end);
    void add(Stretch const& stretch);
    void ask_filter();
    void go_on(Probe const& probe, char const* line);
    void look_up(std::string_view chunk, std::size_t offset);
    void look_up(Passed const& passed, std::string_view chunk, std::size_t offset);

    IndexImage const& image;
    NameTable names;
    HashFilter filter;
    HeadWords heads;
    std::size_t longest;
    ScanWords words;
    std::size_t next_article = 0;
    std::vector<Probe> asked;   ///< of the filter, this time round
    std::vector<Probe> longer;  ///< the next time round
    std::vector<Passed> passed; ///< what it let through
    std::vector<ScanHit> hits;
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

void Scanner::State::scan_chunk(std::string_view chunk, std::size_t offset) {
    hits.clear();
    words.read(chunk);
    next_article = 0;
    for (std::size_t begin = 0; begin < words.size(); begin += batch_size) {
        passed.clear();
        longer.clear();
        add_starts(begin, std::min(begin + batch_size, words.size()));
        while (!asked.empty()) {
            ask_filter();
        }
        look_up(chunk, offset);
    }
}

/// All readings of the words [begin, end), and of Latin articles before them.
void Scanner::State::add_starts(std::size_t begin, std::size_t end) {
    auto const& all = words.words();
    auto const& articles = words.articles();
    for (std::size_t i = begin; i < end; ++i) {
        ScanWord const& word = all[i];
        for (; next_article < articles.size() && articles[next_article].word == i; ++next_article) {
            add({static_cast<std::uint32_t>(i),
                 static_cast<std::uint32_t>(i + 1),
                 articles[next_article].begin,
                 {}});
        }
        Stretch stretch{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1), word.begin, {}};
        std::string_view const codes = words.codes(word);
        if (!may_have_clitics(codes)) {
            add(stretch);
            continue;
        }
        text::CliticReadings readings;
        std::size_t const count = text::clitic_readings(codes, readings);
        for (std::size_t reading = 0; reading < count; ++reading) {
            stretch.clitics = readings[reading];
            add(stretch);
        }
    }
    asked.swap(longer);
}

/// Hashes a stretch for the next round.
void Scanner::State::add(Stretch const& stretch) {
    std::uint32_t const first = words.words()[stretch.begin].letters + stretch.clitics.length;
    std::size_t const size = words.words()[stretch.end].letters - first;
    if (size <= longest) {
        std::uint64_t const hash = padded_letters_hash(words.letter_at(first), size);
        prefetch(filter.line(hash));
        longer.push_back({hash, stretch});
    }
}

void Scanner::State::ask_filter() {
    longer.clear();
    for (Probe const& probe : asked) {
        char const* const line = filter.line(probe.hash);
        if (HashFilter::has_name(line, probe.hash)) {
            names.prefetch_directory(probe.hash);
            passed.push_back({probe, {}});
        }
        go_on(probe, line);
    }
    asked.swap(longer);
}

/// Takes one more word to a stretch, where some name may go on.
void Scanner::State::go_on(Probe const& probe, char const* line) {
    ScanWord const& next = words.words()[probe.stretch.end];
    if (next.breaker) {
        return;
    }
    if (next.space && !HashFilter::has_beginning(line, probe.hash)) {
        std::size_t const letters =
            words.letters(probe.stretch.begin, probe.stretch.end).size() - probe.stretch.clitics.length;
        if (letters < longest_division) {
            return;
        }
    }
    Stretch stretch = probe.stretch;
    ++stretch.end;
    add(stretch);
}

/// In rounds, each of which asks for the memory that the next one reads.
void Scanner::State::look_up(std::string_view chunk, std::size_t offset) {
    for (Passed& each : passed) {
        each.names = names.find(each.probe.hash);
        names.prefetch_records(each.names);
    }
    // Rounds find longer stretches later; whoever reads the hits wants them in the text's order.
    std::ranges::sort(passed, {}, [](Passed const& each) {
        Stretch const& stretch = each.probe.stretch;
        return std::tuple{stretch.code, stretch.end, stretch.clitics.length, stretch.clitics.lam_article};
    });
    for (Passed& each : passed) {
        names.prefetch_texts(each.names, each.probe.hash);
    }
    for (Passed const& each : passed) {
        look_up(each, chunk, offset);
    }
}

void Scanner::State::look_up(Passed const& passed_one, std::string_view chunk, std::size_t offset) {
    Stretch const& stretch = passed_one.probe.stretch;
    std::string_view const letters = words.letters(stretch.begin, stretch.end).substr(stretch.clitics.length);
    if (letters.size() < 2) {
        return;
    }
    Span span;
    auto const visit = [&](std::uint32_t index, NameRecord const& record, NameText const& name) {
        if (span.end == 0) {
            span = span_of(words, stretch, chunk);
        }
        // Most hits are exact: that is seen at one glance, letters and all.
        auto const kind = is_exact(stretch, span.of(chunk), name) ? MatchKind::exact
                          : has_letters(name, letters)
                              ? compare(words, stretch, span.of(chunk), chunk, name, heads)
                              : std::nullopt;
        if (!kind) {
            return;
        }
        std::size_t const word =
            stretch.clitics.proclitics() == 0 ? span.begin : words.folded().source(stretch.code);
        std::size_t const last = stretch.end - 1 == stretch.begin && !stretch.begins_with_article(words)
                                     ? word
                                     : words.folded().source(words.words()[stretch.end - 1].begin);
        hits.push_back({.span = {span.begin + offset, span.end + offset},
                        .word = word + offset,
                        .last_word = last + offset,
                        .clitics = stretch.clitics,
                        .name = index,
                        .place = record.place,
                        .kind = *kind,
                        .primary = (record.flags & name_flag::primary) != 0,
                        .article = (record.flags & name_flag::arabic_article) != 0});
    };
    names.visit(passed_one.names, passed_one.probe.hash, visit);
}

} // namespace kharita::gazetteer
