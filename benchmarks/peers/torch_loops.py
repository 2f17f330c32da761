"""PyTorch on the CPU: gradients by hand into buffers made once, and by autograd.

Batches are gathered by index: a DataLoader would take most of the time.
"""

import torch
from torch.nn import functional

from benchmarks.peers import MOMENTUM, n_outputs, step_sizes, targets


def prepare_by_hand(problem, *, batch_size, eta0, epochs, falling=True, shuffle=True):
    """The gradient written out, every product into its place; see `benchmarks.peers`."""
    X, T = torch.from_numpy(problem.X), torch.from_numpy(targets(problem))
    probabilities = torch.sigmoid if T.shape[1] == 1 else lambda Z: torch.softmax(Z, 1)

    @torch.inference_mode()
    def run(seed):
        torch.manual_seed(seed)
        W, b = torch.zeros(T.shape[1], X.shape[1]), torch.zeros(T.shape[1])
        V, v = torch.zeros_like(W), torch.zeros_like(b)
        for eta, batch in zip(
            *_steps(len(X), batch_size, eta0, epochs, falling, shuffle), strict=True
        ):
            x = X.index_select(0, batch)
            R = probabilities(torch.addmm(b, x, W.t())).sub_(T.index_select(0, batch))
            V.addmm_(R.t(), x, beta=MOMENTUM, alpha=-eta / len(batch))
            v.mul_(MOMENTUM).sub_(R.sum(0), alpha=eta / len(batch))
            W.add_(V)
            b.add_(v)
        return W.numpy(), b.numpy()

    return run


def prepare_autograd(problem, *, batch_size, eta0, epochs, falling=True, shuffle=True):
    """``loss.backward()`` and the fused SGD; see `benchmarks.peers`."""
    X, two = torch.from_numpy(problem.X), problem.n_classes == 2
    y = torch.from_numpy(targets(problem)) if two else torch.from_numpy(problem.y)
    loss = functional.binary_cross_entropy_with_logits if two else functional.cross_entropy

    def run(seed):
        torch.manual_seed(seed)
        W = torch.zeros(n_outputs(problem), X.shape[1], requires_grad=True)
        b = torch.zeros(len(W), requires_grad=True)
        optimizer = torch.optim.SGD([W, b], lr=eta0, momentum=MOMENTUM, fused=True)
        for eta, batch in zip(
            *_steps(len(X), batch_size, eta0, epochs, falling, shuffle), strict=True
        ):
            optimizer.param_groups[0]["lr"] = eta
            optimizer.zero_grad()
            loss(functional.linear(X[batch], W, b), y[batch]).backward()
            optimizer.step()
        return W.detach().numpy(), b.detach().numpy()

    return run


def _steps(n, batch_size, eta0, epochs, falling, shuffle):
    """The step and the indices of every update."""
    batches = []
    for _ in range(epochs):
        batches += (torch.randperm(n) if shuffle else torch.arange(n)).split(batch_size)
    return step_sizes(eta0, len(batches), falling), batches
