#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "gazetteer/gazetteer.hpp"
#include "model/span.hpp"
#include "text/simd.hpp"
#include "text/tokens.hpp"

namespace kharita::gazetteer {

/// Which name a word or a run of words is, read in one way.
struct ScanName {
    std::uint32_t name = 0; ///< index among the compiled names
    PlaceIndex place = no_place;
    text::CliticReading clitics;       ///< stripped from the first word
    MatchKind kind = MatchKind::exact; ///< never fuzzy
    bool primary = false;              ///< the place's main name, not an alias
    bool article = false;              ///< the name begins with ال
};

/// A name that stands in a text.
struct ScanHit : ScanName {
    Span span;                 ///< bytes of the text, without the stripped proclitics
    std::size_t word = 0;      ///< byte where the first word begins, its proclitics included
    std::size_t last_word = 0; ///< byte where the last word begins
};

/// Finds all names of a gazetteer in texts of any size, at hundreds of megabytes a second.
///
/// Every stretch of words is found that compare() (compare_names.hpp) takes for a name, through every reading
/// of its proclitics, whether longer ones begin there or not: choosing is up to whoever asked. Names end at
/// token boundaries and cross no line end and no punctuation but hyphens, apostrophes and underscores.
///
/// One scanner serves one thread, and any number of texts. Once its buffers have grown it allocates only for
/// names that are odd (name_text.hpp), some six times in a megabyte of reports.
///
/// Letters are folded to one byte each and words are found by masks. What single words are is remembered, as
/// long as they come again. Other words, and runs of words, are hashed and looked for in a filter that fits
/// the cache; names and their beginnings are in it, so that a run goes on only where some name does. What the
/// filter lets through is looked up and compared.
class Scanner {
public:
    /// The gazetteer must outlive it. Throws InputError when its filter is damaged.
    explicit Scanner(Gazetteer const& gazetteer, text::Simd simd = text::best_simd());
    Scanner(Scanner&&) noexcept;
    Scanner& operator=(Scanner&&) noexcept;
    Scanner(Scanner const&) = delete;
    Scanner& operator=(Scanner const&) = delete;
    ~Scanner();

    /// Takes hits in the order of the words they begin with, some at a time; they are valid during the call.
    using Sink = std::function<void(std::span<ScanHit const>)>;

    /// Goes through a text. Throws InputError when the gazetteer is damaged where it looks.
    void scan(std::string_view text, Sink const& sink);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kharita::gazetteer
