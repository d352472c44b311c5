#pragma once

#include <string>

#include "model/document.hpp"
#include "store/database.hpp"

/// A report of our own with four places, three of its events at them and one nowhere, a toll that two events
/// share, and a zone. `number` makes its doc_id and ids, so that there can be several.
kharita::Document sample_document(int number = 1);

/// The whole content of a database as text, table by table and row by row, in a stated order.
std::string dump(kharita::store::Database& database);
