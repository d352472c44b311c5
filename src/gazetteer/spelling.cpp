#include "gazetteer/spelling.hpp"

#include <algorithm>
#include <utility>

#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::size_t least_skeleton = 3;

/// Takes one ending off, the longest that fits.
void drop_ending(std::string& letters) {
    constexpr char alef = text::code(U'ا');
    constexpr char hamza = text::code(U'ء');
    constexpr char heh = text::code(U'ه');
    auto const ends = [&](char code, std::size_t before) {
        return letters.size() > least_skeleton + before && letters[letters.size() - 1 - before] == code;
    };
    bool const two = (ends(hamza, 0) && ends(alef, 1)) || (ends('h', 0) && (ends('a', 1) || ends('e', 1)));
    if (two) {
        letters.resize(letters.size() - 2);
    } else if (ends(alef, 0) || ends(heh, 0) || ends('a', 0) || ends('e', 0)) {
        letters.pop_back();
    }
}

/// The codes of letters and digits that a misspelling may put into a name: no Latin letter into an Arabic
/// one, nor the other way round.
std::string letters_like(std::string_view name) {
    bool const arabic = std::ranges::any_of(name, text::is_arabic);
    bool const latin = std::ranges::any_of(name, text::is_latin);
    std::string letters;
    for (int byte = 0; byte < 256; ++byte) {
        auto const code = static_cast<char>(byte);
        bool const folded = static_cast<std::size_t>(byte) < 0x80 + text::arabic_letters.size();
        bool const foreign =
            (arabic && !latin && text::is_latin(code)) || (latin && !arabic && text::is_arabic(code));
        if (text::is_word(code) && folded && !foreign) {
            letters.push_back(code);
        }
    }
    return letters;
}

} // namespace

std::string spelling_skeleton(std::string_view letters) {
    std::string skeleton;
    for (char const code : letters) {
        if (skeleton.empty() || skeleton.back() != code || text::is_digit(code)) {
            skeleton.push_back(code);
        }
    }
    drop_ending(skeleton);
    return skeleton;
}

bool is_within_one_edit(std::string_view a, std::string_view b) noexcept {
    if (a.size() > b.size()) {
        std::swap(a, b);
    }
    if (b.size() - a.size() > 1) {
        return false;
    }
    auto const [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin());
    auto const same = static_cast<std::size_t>(in_a - a.begin());
    if (same == a.size()) {
        return same > 0 || b.empty();
    }
    if (same == 0) {
        return false;
    }
    std::string_view const rest_a = a.substr(same);
    std::string_view const rest_b = b.substr(same);
    if (a.size() < b.size()) {
        return rest_a == rest_b.substr(1);
    }
    bool const exchanged = rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
                           rest_a.substr(2) == rest_b.substr(2);
    return exchanged || rest_a.substr(1) == rest_b.substr(1);
}

SpellingIndex::SpellingIndex(IndexImage const& image) noexcept
    : m_image{&image},
      m_names{image},
      m_directory{image, Section::spelling_buckets, image.size(Section::spellings) / sizeof(std::uint32_t)} {}

void SpellingIndex::add(std::string_view skeleton, HashFilter const& filter,
                        std::vector<std::uint32_t>& names) const {
    constexpr std::size_t width = sizeof(std::uint32_t);
    std::uint64_t const hash = letters_hash(skeleton);
    if (!HashFilter::has_name(filter.word(hash), hash)) {
        return;
    }
    auto const [first, last] = m_directory.find(hash);
    for (std::uint64_t i = first; i < last; ++i) {
        auto const name =
            load_little<std::uint32_t>(m_image->read(Section::spellings, i * width, width).data());
        if (spelling_skeleton(letters_of(m_names.text(m_names.record(name)))) == skeleton) {
            names.push_back(name);
        }
    }
}

/// Tries every spelling that is one edit away, of which the filter leaves few to look up. A thousand
/// questions to a filter take less time than walking through the names of one initial.
void SpellingIndex::add_edited(std::string_view skeleton, HashFilter const& filter,
                               std::vector<std::uint32_t>& names) const {
    std::string edited{skeleton};
    for (std::size_t i = 1; i < skeleton.size(); ++i) {
        edited.erase(i, 1);
        add(edited, filter, names);
        edited = skeleton;
        if (i + 1 < skeleton.size() && skeleton[i] != skeleton[i + 1]) {
            std::swap(edited[i], edited[i + 1]);
            add(edited, filter, names);
            edited = skeleton;
        }
    }
    std::string const letters = letters_like(skeleton);
    for (std::size_t i = 1; i < skeleton.size(); ++i) {
        for (char const code : letters) {
            if (code != skeleton[i]) {
                edited[i] = code;
                add(edited, filter, names);
            }
        }
        edited[i] = skeleton[i];
    }
    for (std::size_t i = 1; i <= skeleton.size(); ++i) {
        edited.insert(i, 1, '\0');
        for (char const code : letters) {
            edited[i] = code;
            add(edited, filter, names);
        }
        edited.erase(i, 1);
    }
}

std::vector<std::uint32_t> SpellingIndex::find(std::string_view letters) const {
    std::vector<std::uint32_t> names;
    if (letters.size() + 1 < least_letters) {
        return names;
    }
    HashFilter const filter{m_image->read_all(Section::spelling_filter)};
    if (filter.empty()) {
        return names;
    }
    std::string const skeleton = spelling_skeleton(letters);
    add(skeleton, filter, names);
    if (names.empty()) {
        add_edited(skeleton, filter, names);
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace kharita::gazetteer
