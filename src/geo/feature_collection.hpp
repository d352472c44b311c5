#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace kharita::geo {

/// Takes a FeatureCollection apart while its text is read, so that there is never more of it in memory than
/// one feature. Such a collection says its type before its features (RFC 7946 asks for no order, but all
/// write it so); any other document is kept whole. Of what it passes on nothing is checked but the commas
/// between.
class CollectionSplitter {
public:
    /// Receives the text of a feature, or what stands in its place; valid during the call.
    using Use = std::function<void(std::string_view)>;

    explicit CollectionSplitter(Use use) : m_use{std::move(use)} {}

    /// Takes more text.
    void add(std::string_view text);

    /// Whether features are passed on.
    bool is_collection() const noexcept { return m_where != Where::head; }
    /// Whether none will be: the document says that it is something else.
    bool is_other() const noexcept { return m_has_type && !m_is_collection; }
    /// Whether the list of features has not ended, or has something else than one comma between two.
    bool is_broken() const noexcept {
        return m_broken || m_where == Where::between || m_where == Where::feature;
    }
    /// The document with an empty list in the place of its features.
    std::string const& rest() const noexcept { return m_rest; }

private:
    enum class Where : std::uint8_t { head, between, feature, tail };

    std::size_t read_head(std::string_view text);
    std::size_t read_between(std::string_view text);
    std::size_t read_feature(std::string_view text);
    bool read_string(char next) noexcept;
    void end_token();
    void end_feature();

    Use m_use;
    Where m_where = Where::head;
    bool m_broken = false;
    bool m_in_string = false;
    bool m_is_escaped = false;
    bool m_is_value = false;      ///< of the document itself: after a colon
    bool m_has_type = false;      ///< it said what it is
    bool m_is_collection = false; ///< a FeatureCollection
    bool m_wants_comma = false;   ///< there was a feature
    bool m_has_comma = false;     ///< and one after it
    std::size_t m_depth = 0;      ///< of the document; of a feature
    std::string m_key;            ///< of the document's last member
    std::string m_token;          ///< its last text
    std::string m_feature;
    std::string m_rest;
};

/// Whether a text has the beginning of a FeatureCollection that can be taken apart.
bool begins_collection(std::string_view text);

/// Whether all brackets that a text opens are closed in it.
bool is_closed(std::string_view text) noexcept;

} // namespace kharita::geo
