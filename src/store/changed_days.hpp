#pragma once

#include <set>
#include <string_view>

#include "model/date.hpp"
#include "model/document.hpp"

namespace kharita::store {

class Database;

/// Days of events that came, went or changed since events were last united (table changed_day): what unite
/// has to look at again.

/// Says that all events of documents come or go; `documents` is a list of rows, or a SELECT of them. Called
/// while they are there.
void note_changed_days(Database& database, std::string_view documents);

/// Days of the documents that a batch of a load writes, noted in its transaction: other programs may unite,
/// and forget what was noted, between two batches.
class ChangedDays {
public:
    void add(Document const& document);
    /// Notes what add() brought since the last time.
    void put(Database& database);

private:
    std::set<Date> m_days;
};

/// The days that are noted, each once.
std::set<Date> changed_days(Database& database);

/// Forgets them.
void forget_changed_days(Database& database);

} // namespace kharita::store
