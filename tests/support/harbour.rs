//! An interview of which only the first exchange is labelled.

/// Labels for the first exchange, none after it.
pub(crate) const HARBOUR: &str = "\
The Harbour Clock

We met on the quay.

Mira Okafor: Who wound the clock, and why did it stop?

Jonas Hale: My aunt wound it on Sundays. It stopped because she did.

Did you never try to wind it yourself?

I did, once, when I was nine. I was told that it was not mine to wind, and I have never \
forgotten that, because I was holding the key at the time and I put it in my pocket.

You still have the key?

I do. I carry it on my ring with the others, and I could not tell you which one it is.

What will you do with it now that the tower is sold?

I will give it to whoever asks me. Nobody has asked me.

Jonas Hale keeps bees in Port Ansel.
";
