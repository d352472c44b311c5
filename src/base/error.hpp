#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/core.h>

namespace kharita {

/// Why a run cannot go on. The message names the file and line, what was found, what was expected, and the
/// way out; it is printed once, in main. A bad record in a good file is no Error but a Reject (rejects.hpp).
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An input, configuration or vocabulary file that cannot be read or is not what it says it is.
class InputError : public Error {
public:
    using Error::Error;
};

/// An output that cannot be written.
class OutputError : public Error {
public:
    using Error::Error;
};

/// A database that cannot be opened, migrated, read or written.
class DatabaseError : public Error {
public:
    using Error::Error;
};

/// A geometry that cannot be used: not finite, out of range, not repairable.
class GeometryError : public Error {
public:
    using Error::Error;
};

/// A wrong command line (exit status 2).
class UsageError : public Error {
public:
    using Error::Error;
};

/// Throws ErrorType with the formatted message: `fail<InputError>("{}:{}: no tab", file, line)`.
template <typename ErrorType, typename... Args>
[[noreturn]] void fail(fmt::format_string<Args...> format, Args&&... args) {
    throw ErrorType{fmt::format(format, std::forward<Args>(args)...)};
}

/// The operating system's words for errno value `number`: "No such file or directory".
std::string system_message(int number);

} // namespace kharita
