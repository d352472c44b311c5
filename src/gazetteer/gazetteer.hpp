#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.hpp"
#include "text/tokens.hpp"

namespace kharita::gazetteer {

class IndexImage;

/// Index of a place within one loaded gazetteer; stable only while it is loaded.
using PlaceIndex = std::uint32_t;
inline constexpr PlaceIndex no_place = 0xFFFF'FFFF;

/// Kinds that the resolver tells apart, from the GeoNames feature code.
enum class FeatureClass : std::uint8_t {
    country,
    admin1,
    admin2,
    admin3,
    settlement,
    neighbourhood,
    facility,
    natural,
    line,
    region
};

FeatureClass feature_class(std::string_view feature_code) noexcept;

/// How a name in the text corresponds to a name of the gazetteer, best first.
enum class MatchKind : std::uint8_t {
    exact,   ///< letter by letter as written, tashkeel aside
    folded,  ///< after folding
    article, ///< with ال added or dropped
    joined,  ///< words joined or split (كفرزيتا)
    fuzzy,   ///< within a stated spelling distance; only on request
};

/// A place that a stretch of text may name.
struct Candidate {
    PlaceIndex place = no_place;
    MatchKind kind = MatchKind::exact;
    bool primary = false; ///< matched the place's main name, not an alias
};

/// A stretch of tokens that is a name, with all places of that name.
struct NameMatch {
    text::TokenRange tokens;
    text::CliticReading clitics; ///< stripped from the first token
    Span span; ///< bytes of the source, without the stripped proclitics (the article stays if it is part of
               ///< the name as written)
    std::vector<Candidate> candidates; ///< by place index
};

/// Places, their names and admin hierarchy: a compiled gazetteer (docs/gazetteer-format.md), mapped from a
/// file or made of tables. Immutable; safe to share by threads.
///
/// Parts of a mapped file are checked when they are first read, so most functions throw InputError, naming
/// the file, when they meet a damaged one.
class Gazetteer {
public:
    /// A compiled file, or a folder that holds tables of places (*.tsv) or `places/` with them. Of a folder
    /// `gazetteer/` the file `gazetteer.kgaz` beside it is used when it was compiled from just these tables.
    /// Throws InputError.
    static Gazetteer open(std::filesystem::path const& path);
    /// Compiles every *.tsv of a folder, in file name order, in memory.
    /// Throws InputError with file and line for a malformed row, a repeated id, or an unknown parent.
    static Gazetteer load(std::filesystem::path const& folder);
    /// Maps a compiled file; takes the same time whatever its size.
    /// Throws InputError when it is none, of another version, or damaged.
    static Gazetteer map(std::filesystem::path const& file);

    /// Takes the bytes of a compiled file. `name` is for messages. Throws as map().
    static Gazetteer read(std::string bytes, std::string name);

    Gazetteer(Gazetteer&&) noexcept;
    Gazetteer& operator=(Gazetteer&&) noexcept;
    Gazetteer(Gazetteer const&) = delete;
    Gazetteer& operator=(Gazetteer const&) = delete;
    ~Gazetteer();

    /// How many places there are; their indexes are 0 .. size() - 1, in order of their ids.
    std::size_t size() const noexcept;
    /// How many names all places have together.
    std::size_t name_count() const noexcept;
    /// Read when first asked for, and kept: valid while the gazetteer lives.
    Place const& place(PlaceIndex index) const;
    FeatureClass feature_class_of(PlaceIndex index) const;
    /// By id, or by a ref in a public source.
    std::optional<PlaceIndex> find(std::string_view id_or_ref) const;
    /// The smallest admin unit that holds a place, no_place for countries.
    PlaceIndex parent(PlaceIndex index) const;
    /// Whether `inner` is `outer` or lies in it, by the chain of parents.
    bool is_within(PlaceIndex inner, PlaceIndex outer) const;
    /// All names of a place as the source files spell them.
    std::vector<std::string> names(PlaceIndex index) const;
    /// SHA-256 of the content, 64 digits; stored with every event.
    std::string const& content_hash() const noexcept;
    /// The compiled form.
    IndexImage const& image() const noexcept;

    /// All names that stand in a text, in text order, the longest at each start and every reading of it;
    /// overlapping matches that start at different tokens are all given. Names begin and end at token
    /// boundaries and cross no line end and no punctuation but hyphens, apostrophes and underscores.
    ///
    /// Left out: a country's name with an article that it does not have («السورية» is the adjective), two
    /// ordinary words that run together as a name («في لون», not فيلون), acronyms in small letters ("us").
    std::vector<NameMatch> match(text::TokenizedText const& text) const;

    /// Places whose name is misspelt in tokens [range), all of which are the name: one edit (a letter more,
    /// less, another, two exchanged; never the first letter) in names of five letters or more, with doubled
    /// letters, the endings ة ه ا and a dropped ال free. Only the closest, as MatchKind::fuzzy, by place
    /// index. For places where context says that a name must stand; does not look for exact names.
    std::vector<Candidate> fuzzy(text::TokenizedText const& text, text::TokenRange range) const;
    /// Places of a name that stands alone, by place index: exact, folded, article, joined.
    std::vector<Candidate> named(std::string_view name) const;
    /// Places of a name typed by a person, best first: those named so; where there are none, fuzzy.
    std::vector<Candidate> lookup(std::string_view name) const;

private:
    struct State;
    explicit Gazetteer(std::unique_ptr<State const> state);
    std::unique_ptr<State const> m_state;
};

} // namespace kharita::gazetteer
